from django.urls import path

from . import views

app_name = "duties"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:action>/", views.close, name="close"),
]
