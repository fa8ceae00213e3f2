from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InstrumentsConfig(AppConfig):
    name = "daybook.understand.instruments"
    label = "instruments"

    def ready(self) -> None:
        from .loading import load_shipped

        # What is shipped is there as soon as the tables are, and after every later release.
        post_migrate.connect(load_shipped, sender=self)
