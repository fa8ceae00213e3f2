from django.apps import AppConfig


class CarryConfig(AppConfig):
    name = "daybook.web.carry"
    label = "carry"

    def ready(self) -> None:
        from .records import register

        register()
        from daybook.foundation.duties.kinds import kinds

        from .actions import NEEDS_A_LOOK
        from .concerns import STAYS_SHUT

        kinds.register(NEEDS_A_LOOK, STAYS_SHUT)
