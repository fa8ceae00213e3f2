from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "daybook.foundation.disclosures"
    label = "disclosures"

    def ready(self) -> None:
        from .records import register

        register()
