from django.apps import AppConfig


class BreakglassConfig(AppConfig):
    name = "daybook.foundation.breakglass"
    label = "breakglass"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register
        from daybook.foundation.duties.kinds import kinds
        from daybook.foundation.registry.providers import waiting

        from . import records
        from .actions import OPENED, STILL_WAITS
        from .signed import SIGNED
        from .waiting import reviews

        records.register()
        register(*SIGNED)
        kinds.register(OPENED, STILL_WAITS)
        waiting.register("breakglass", reviews)
