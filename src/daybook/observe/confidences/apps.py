from django.apps import AppConfig


class ConfidencesConfig(AppConfig):
    # One provider: the way in, for those few who hear. What is told stands here and nowhere else.
    name = "daybook.observe.confidences"
    label = "confidences"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register
        from daybook.foundation.duties.kinds import kinds
        from daybook.foundation.registry.providers import aside

        from . import records
        from .actions import ANSWERED, ASKED
        from .queries import way_in
        from .signed import SIGNED

        aside.register("in confidence", way_in)
        kinds.register(ASKED, ANSWERED)
        records.register()
        register(*SIGNED)
