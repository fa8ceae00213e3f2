from django.apps import AppConfig


class EqualityConfig(AppConfig):
    # It offers nothing to any page, list, search or chart: figures alone leave it.
    name = "daybook.foundation.equality"
    label = "equality"

    def ready(self) -> None:
        from . import records
        from .vocabulary import characteristics

        records.register()
        characteristics()  # Words that can't be read are told of when the service starts.
