from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "daybook.foundation.staff"
    label = "staff"

    def ready(self) -> None:
        from . import door

        door.watch()
