from django.urls import path

from . import views

app_name = "disclosures"
urlpatterns = [
    path("requests/", views.asked, name="asked"),
    path("requests/about/<int:person>/", views.ask, name="ask"),
    path("about/<int:person>/", views.about, name="about"),
    path("requests/<uuid:request_key>/", views.one, name="request"),
    path("requests/<uuid:request_key>/paper/", views.paper, name="paper"),
    path("requests/<uuid:request_key>/data/", views.data, name="data"),
]
