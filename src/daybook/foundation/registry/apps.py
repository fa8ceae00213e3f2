from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "daybook.foundation.registry"
    label = "registry"
