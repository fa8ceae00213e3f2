from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "daybook.foundation.terms"
    label = "terms"
