from django.urls import path

from . import views

app_name = "breakglass"
urlpatterns = [
    path("", views.open_record, name="open"),
    path("<uuid:opening>/close/", views.close, name="close"),
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/<uuid:opening>/", views.review, name="review"),
]
