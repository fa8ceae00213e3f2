from django.apps import AppConfig


class ShiftsConfig(AppConfig):
    name = "daybook.observe.shifts"
    label = "shifts"
