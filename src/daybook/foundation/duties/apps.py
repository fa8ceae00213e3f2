from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "daybook.foundation.duties"
    label = "duties"
