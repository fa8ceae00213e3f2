from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "daybook.foundation.audit"
    label = "audit"

    def ready(self) -> None:
        from .commitments import write_forms

        post_migrate.connect(write_forms, sender=self, dispatch_uid="daybook.audit.forms")
