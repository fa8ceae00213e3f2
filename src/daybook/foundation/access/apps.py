from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "daybook.foundation.access"
    label = "access"

    def ready(self) -> None:
        from daybook.foundation.registry.providers import waiting

        from .libraries import grant_libraries
        from .table import write_table
        from .waiting import role_table

        waiting.register("access", role_table)

        post_migrate.connect(grant_libraries, sender=self, dispatch_uid="daybook.access.libraries")
        post_migrate.connect(write_table, sender=self, dispatch_uid="daybook.access.table")
