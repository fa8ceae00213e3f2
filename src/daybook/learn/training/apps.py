from django.apps import AppConfig


class TrainingConfig(AppConfig):
    # It offers no provider to any page: a habit stands on its rater's own page and nowhere else.
    name = "daybook.learn.training"
    label = "training"
