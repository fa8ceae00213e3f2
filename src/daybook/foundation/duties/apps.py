from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "daybook.foundation.duties"
    label = "duties"

    def ready(self) -> None:
        from daybook.foundation.registry.providers import timeline

        from .timeline import actions

        timeline.register("actions", actions)
