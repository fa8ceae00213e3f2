from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "daybook.foundation.cases"
    label = "cases"

    def ready(self) -> None:
        from .records import register

        register()
