from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "daybook.observe.safety"
    label = "safety"
