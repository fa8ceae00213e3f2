from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "daybook.foundation.cases"
    label = "cases"
