"""Addresses of what people say of themselves. None holds a word of it."""

from django.urls import path

from . import views

app_name = "equality"
urlpatterns = [
    path("people/<int:person>/equality/", views.of_myself, name="of-myself"),
    path("people/<int:person>/equality/take-back/", views.take_back, name="take-back"),
    path("equality/thanks/", views.thanks, name="thanks"),
]
