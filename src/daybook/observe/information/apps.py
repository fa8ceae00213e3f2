from django.apps import AppConfig


class InformationConfig(AppConfig):
    name = "daybook.observe.information"
    label = "information"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register
        from daybook.foundation.duties.kinds import kinds
        from daybook.foundation.registry.providers import aside, waiting

        from . import outside_told, records, urgent_told
        from .actions import context, desk, given
        from .queries import fairness, told
        from .signed import SIGNED

        records.register()
        register(*SIGNED)
        kinds.register(context.ASKED, context.REPLIED, desk.ENDED, desk.REOPENED, given.GIVEN)
        aside.register("information", told.beside)
        waiting.register("information", told.waiting)
        outside_told.register()
        urgent_told.register()
        waiting.register("fairness", fairness.owed)
