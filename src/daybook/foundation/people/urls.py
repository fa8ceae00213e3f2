from django.urls import path

from . import views

app_name = "people"
urlpatterns = [path("<slug:unit>/", views.officers, name="officers")]
