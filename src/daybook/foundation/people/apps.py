from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "daybook.foundation.people"
    label = "people"
