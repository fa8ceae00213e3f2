from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "daybook.foundation.duties"
    label = "duties"

    def ready(self) -> None:
        from .records import register

        register()
        from daybook.foundation.registry.providers import timeline

        from .channels import channels
        from .channels.email import EMAIL
        from .channels.webhook import WEBHOOK
        from .kinds import ACTIONS_DUE, ACTIONS_OVERDUE, kinds
        from .timeline import actions

        timeline.register("actions", actions)
        kinds.register(ACTIONS_DUE, ACTIONS_OVERDUE)
        channels.register(EMAIL)
        channels.register(WEBHOOK)
