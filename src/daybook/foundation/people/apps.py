from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "daybook.foundation.people"
    label = "people"

    def ready(self) -> None:
        from .records import register

        register()
        from daybook.foundation.registry.providers import timeline

        from .ahead.timeline import escorts, passed
        from .timeline import moves

        timeline.register("moves", moves)
        timeline.register("coming", passed)
        timeline.register("escorts", escorts)
