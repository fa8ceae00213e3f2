from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "daybook.understand.assessments"
    label = "assessments"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register
        from daybook.foundation.duties.kinds import kinds
        from daybook.foundation.registry.providers import aside, timeline, waiting

        from . import records
        from .actions.opening import SHEET
        from .actions.sheets import OPEN
        from .queries import told
        from .signed import SIGNED

        records.register()
        register(*SIGNED)
        kinds.register(SHEET, OPEN)
        aside.register("assessments", told.beside)
        timeline.register("assessments", told.closed)
        waiting.register("assessments", told.waiting)
