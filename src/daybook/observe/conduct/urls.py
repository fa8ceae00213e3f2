"""Addresses of conduct. None holds a name, and the writer's hold no key."""

from django.urls import path

from . import views

app_name = "conduct"
urlpatterns = [
    path("", views.tell, name="tell"),
    path("mine/", views.mine, name="mine"),
    path("received/", views.received, name="received"),
    path("received/<uuid:observation>/", views.received_one, name="received-one"),
    path("received/<uuid:observation>/arrived/", views.receive, name="receive"),
    path("received/<uuid:observation>/answer/", views.close, name="close"),
    path("outcomes/", views.outcomes, name="outcomes"),
]
