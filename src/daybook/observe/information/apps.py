from django.apps import AppConfig


class InformationConfig(AppConfig):
    name = "daybook.observe.information"
    label = "information"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register
        from daybook.foundation.duties.kinds import kinds
        from daybook.foundation.registry.providers import aside, waiting

        from . import records
        from .actions import context, desk, given, urgent
        from .queries import fairness, outside_told, told, urgent_told
        from .signed import SIGNED

        records.register()
        register(*SIGNED)
        kinds.register(
            context.ASKED, context.REPLIED, desk.ENDED, desk.REOPENED, given.GIVEN, *urgent.KINDS
        )
        aside.register("information", told.beside)
        aside.register("urgent steps", urgent_told.beside)
        waiting.register("information", told.waiting)
        waiting.register("questions of outside services", outside_told.asked_of_us)
        waiting.register("fairness", fairness.owed)
