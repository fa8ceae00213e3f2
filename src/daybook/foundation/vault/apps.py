from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "daybook.foundation.vault"
    label = "vault"
