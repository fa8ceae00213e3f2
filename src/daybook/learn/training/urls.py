"""Addresses of training. None names a rater."""

from django.urls import path

from . import views

app_name = "training"
urlpatterns = [
    path("my-scale/", views.my_scale, name="my-scale"),
    path("how-alike/", views.how_alike, name="how-alike"),
]
