from django.urls import path

from . import views

app_name = "access"
urlpatterns = [
    path("", views.roles, name="roles"),
    path("approve/", views.approve_roles, name="approve"),
]
