from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "daybook.web"
    label = "web"

    def ready(self) -> None:
        from daybook.foundation.duties.kinds import kinds

        from .notices import KINDS

        kinds.register(*KINDS)
