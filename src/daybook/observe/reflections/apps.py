from django.apps import AppConfig


class ReflectionsConfig(AppConfig):
    name = "daybook.observe.reflections"
    label = "reflections"
