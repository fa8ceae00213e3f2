"""Addresses of training. None names a rater."""

from django.urls import path

from . import views
from .agreement import views as agreement
from .competences import views as competences

app_name = "training"
urlpatterns = [
    path("my-scale/", views.my_scale, name="my-scale"),
    path("how-alike/", views.how_alike, name="how-alike"),
    path("how-assessors-agree/", agreement.how_assessors_agree, name="how-assessors-agree"),
    path("my-answers/", agreement.my_answers, name="my-answers"),
    path("who-is-trained/", competences.who_is_trained, name="who-is-trained"),
    path("who-is-trained/<uuid:competence>/", competences.take_back, name="take-back"),
    path("my-training/", competences.my_training, name="my-training"),
]
