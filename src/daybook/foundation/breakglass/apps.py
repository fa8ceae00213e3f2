from django.apps import AppConfig


class BreakglassConfig(AppConfig):
    name = "daybook.foundation.breakglass"
    label = "breakglass"

    def ready(self) -> None:
        from daybook.foundation.duties.kinds import kinds
        from daybook.foundation.registry.providers import waiting

        from .actions import OPENED, STILL_WAITS
        from .waiting import reviews

        kinds.register(OPENED, STILL_WAITS)
        waiting.register("breakglass", reviews)
