"""Addresses of what may not wait until it is confirmed."""

from django.urls import path

from .views import urgent

urlpatterns = [
    path("information/concerns/<uuid:information>/urge/", urgent.urge, name="urge"),
    path("information/concerns/<uuid:information>/urged/", urgent.urged, name="urged"),
    path("information/concerns/<uuid:information>/protect/", urgent.protect, name="protect"),
    path("information/protections/<uuid:protection>/", urgent.protection, name="protection"),
    path(
        "information/protections/<uuid:protection>/review/",
        urgent.review,
        name="protection-review",
    ),
]
