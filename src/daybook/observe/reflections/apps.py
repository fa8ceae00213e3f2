from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReflectionsConfig(AppConfig):
    name = "daybook.observe.reflections"
    label = "reflections"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register

        from .records import register as register_records

        register_records()
        from .queries.strikes import KEPT
        from .signed import SIGNED
        from .striking import kept

        kept.update(KEPT)
        register(*SIGNED)
        from daybook.foundation.access.roles import Compartment
        from daybook.foundation.access.searching import Written
        from daybook.foundation.duties.kinds import kinds
        from daybook.foundation.registry.events import contested
        from daybook.foundation.registry.providers import timeline, written

        from .actions.strikes import STRUCK, draw_after_a_contest
        from .actions.told import OBJECTED
        from .models import Addition, Reflection
        from .queries import timeline as told

        timeline.register("reflections", told.reflections)
        timeline.register("meetings", told.meetings)
        timeline.register("care", told.care)
        timeline.register("usual patterns", told.usual_patterns)
        timeline.register("what was told", told.what_was_told)
        timeline.register("trust", told.trust)
        timeline.register("strengths", told.strengths)
        kinds.register(STRUCK, OBJECTED)
        contested.subscribe(draw_after_a_contest)
        written.register(
            "reflections",
            Written(
                Reflection,
                ("seen_heard", "reading", "own_words", "response", "opening"),
                Compartment.WING,
                "saved_at",
                _("Reflection"),
            ),
        )
        written.register(
            "additions",
            Written(Addition, ("text",), Compartment.WING, "added_at", _("Added to a reflection")),
        )
