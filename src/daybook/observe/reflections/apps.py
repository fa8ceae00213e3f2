from django.apps import AppConfig


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
        from daybook.foundation.duties.kinds import kinds
        from daybook.foundation.registry.providers import timeline

        from .actions.strikes import STRUCK
        from .actions.told import OBJECTED
        from .queries import timeline as told

        timeline.register("reflections", told.reflections)
        timeline.register("meetings", told.meetings)
        timeline.register("care", told.care)
        timeline.register("usual patterns", told.usual_patterns)
        timeline.register("what was told", told.what_was_told)
        timeline.register("trust", told.trust)
        timeline.register("strengths", told.strengths)
        kinds.register(STRUCK, OBJECTED)
