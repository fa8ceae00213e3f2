from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "daybook.understand.assessments"
    label = "assessments"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register

        from . import records
        from .signed import SIGNED

        records.register()
        register(*SIGNED)
