from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "daybook.understand.reviews"
    label = "reviews"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register
        from daybook.foundation.duties.kinds import kinds
        from daybook.foundation.registry.providers import aside, timeline, waiting

        from . import records
        from .actions import team
        from .queries import told
        from .signed import SIGNED

        records.register()
        register(*SIGNED)
        kinds.register(team.ASKED, team.OPENED)
        aside.register("joint reviews", told.beside)
        timeline.register("joint reviews", told.timeline)
        waiting.register("joint reviews", told.waiting)
