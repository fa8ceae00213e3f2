"""The look of Daybook: templates, widgets and charts that know nothing of prisons."""

from django.apps import AppConfig

from .plain import speak_plainly

# Before any form is read: a field takes its words along when it is made.
speak_plainly()


class UiConfig(AppConfig):
    name = "daybook.ui"
    label = "ui"
