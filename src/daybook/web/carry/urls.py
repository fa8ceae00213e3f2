"""Addresses of what is carried."""

from django.urls import path

from . import views

app_name = "carry"
urlpatterns = [
    path("wing/<slug:unit>/", views.carry, name="carry"),
    path("arrive/", views.arrive, name="arrive"),
    path("look/", views.looks, name="looks"),
    path("look/<uuid:arrival>/", views.look, name="look"),
    path("look/<uuid:arrival>/discard/", views.discard, name="discard"),
    path("offline/", views.offline, name="offline"),
    path("worker.js", views.worker, name="worker"),
]
