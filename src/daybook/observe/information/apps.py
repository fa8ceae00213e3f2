from django.apps import AppConfig


class InformationConfig(AppConfig):
    name = "daybook.observe.information"
    label = "information"
