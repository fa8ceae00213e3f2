from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RetentionConfig(AppConfig):
    name = "daybook.foundation.retention"
    label = "retention"

    def ready(self) -> None:
        from .records import register
        from .way_out import lay_the_way_out

        register()
        post_migrate.connect(lay_the_way_out, sender=self, dispatch_uid="daybook.retention.way_out")
