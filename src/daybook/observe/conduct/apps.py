from django.apps import AppConfig


class ConductConfig(AppConfig):
    # It offers no provider to any page: what is written here stands here and nowhere else.
    name = "daybook.observe.conduct"
    label = "conduct"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register
        from daybook.foundation.duties.kinds import kinds

        from .actions import SOMETHING_CAME
        from .signed import SIGNED

        register(*SIGNED)
        kinds.register(SOMETHING_CAME)
