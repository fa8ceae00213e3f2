from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "daybook.observe.safety"
    label = "safety"

    def ready(self) -> None:
        from daybook.foundation.duties.kinds import kinds
        from daybook.foundation.registry.events import moved
        from daybook.foundation.registry.providers import aside, due, first, shift, timeline

        from .actions import telling, unlock
        from .queries import told

        first.register("unlock notes", told.unlock_first)
        due.register("unlock notes", told.reviews_due)
        aside.register("unlock notes", told.unlock_aside)
        shift.register("unlock notes", told.unlock_happened)
        timeline.register("unlock notes", told.unlock_timeline)
        kinds.register(*telling.KINDS)
        moved.subscribe(unlock.tell_if_they_meet)
