from django.apps import AppConfig


class ShiftsConfig(AppConfig):
    name = "daybook.observe.shifts"
    label = "shifts"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register
        from daybook.foundation.registry.providers import aside, due, goes_along, shift, timeline
        from daybook.observe.reflections.striking import kept

        from .queries import log, told
        from .queries.struck import KEPT
        from .signed import SIGNED

        kept.update(KEPT)
        register(*SIGNED)

        timeline.register("requests", told.requests)
        timeline.register("shared events", told.events)
        timeline.register("last notes", told.farewells)
        aside.register("last notes", told.first_words)
        aside.register("requests", told.asked)
        due.register("promises", told.promises)
        goes_along.register("requests", told.goes_along)
        for name, provider in log.PROVIDERS.items():
            shift.register(name, provider)
