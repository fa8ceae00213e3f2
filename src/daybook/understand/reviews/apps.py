from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "daybook.understand.reviews"
    label = "reviews"

    def ready(self) -> None:
        from daybook.foundation.audit.commitments import register
        from daybook.foundation.duties.kinds import kinds

        from . import records
        from .actions import team
        from .signed import SIGNED

        records.register()
        register(*SIGNED)
        kinds.register(team.ASKED, team.OPENED)
