from django.apps import AppConfig


class ContestsConfig(AppConfig):
    name = "daybook.foundation.contests"
    label = "contests"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register
        from daybook.foundation.registry.providers import beside_entries, waiting

        from . import records
        from .beside import statements
        from .signed import SIGNED
        from .waiting import corrections, open_contests

        records.register()
        register(*SIGNED)
        beside_entries.register("contests", statements)
        waiting.register("contests", open_contests)
        waiting.register("corrections", corrections)
