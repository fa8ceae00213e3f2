from django.urls import path

from . import views

app_name = "contests"
urlpatterns = [
    path("about/<slug:kind>/<uuid:entry>/", views.take, name="take"),
    path("tell/<uuid:correction>/", views.tell, name="tell"),
    path("<uuid:contest>/", views.one, name="one"),
]
