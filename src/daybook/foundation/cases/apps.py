from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "daybook.foundation.cases"
    label = "cases"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register

        from . import records
        from .signed import SIGNED

        register(*SIGNED)
        records.register()
