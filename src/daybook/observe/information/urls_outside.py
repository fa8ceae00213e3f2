"""Addresses of what is exchanged with outside services."""

from django.urls import path

from .views import outside

urlpatterns = [
    path("information/outside/", outside.enquiries, name="enquiries"),
    path("information/outside/unanswered/", outside.unanswered, name="unanswered"),
    path("information/people/<int:person>/enquire/", outside.enquire, name="enquire"),
    path(
        "information/concerns/<uuid:information>/enquire/",
        outside.enquire_beside,
        name="enquire-beside",
    ),
    path("information/outside/<uuid:enquiry>/", outside.enquiry, name="enquiry"),
    path("information/outside/<uuid:enquiry>/answer/", outside.answer, name="enquiry-answer"),
    path(
        "information/outside/<uuid:answered>/feedback/", outside.feedback, name="enquiry-feedback"
    ),
    path("information/outside/<uuid:answered>/lay/", outside.lay, name="enquiry-lay"),
]
