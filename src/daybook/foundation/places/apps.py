from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "daybook.foundation.places"
    label = "places"
