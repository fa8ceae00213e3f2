"""The look of Daybook: templates, widgets and charts that know nothing of prisons."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "daybook.ui"
    label = "ui"
