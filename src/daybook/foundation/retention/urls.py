from django.urls import path

from . import views

app_name = "retention"
urlpatterns = [
    path("due/", views.due, name="due"),
    path("holds/", views.held, name="holds"),
    path("hold/<int:person>/", views.hold, name="hold"),
    path("periods/", views.periods, name="periods"),
]
