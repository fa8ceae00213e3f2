"""Addresses of assessments."""

from django.urls import path

from .views import closing, opening, sheets

app_name = "assessments"
urlpatterns = [
    path("people/<int:person>/assessments/", opening.of_person, name="of-person"),
    path(
        "people/<int:person>/assessments/open/<int:instrument>/",
        opening.open_assessment,
        name="open",
    ),
    path(
        "people/<int:person>/assessments/<slug:tool>/then-and-now/",
        closing.then_and_now,
        name="then-and-now",
    ),
    path("assessments/<uuid:assessment>/", opening.one, name="one"),
    path("assessments/<uuid:assessment>/give-up/", opening.give_up, name="give-up"),
    path("assessments/<uuid:assessment>/talk/<slug:item>/", closing.talk, name="talk"),
    path("assessments/<uuid:assessment>/close/", closing.close, name="close"),
    path("assessments/<uuid:finished>/copy/", closing.copy, name="copy"),
    path("assessments/sheet/<uuid:sheet>/", sheets.begin, name="begin"),
    path("assessments/sheet/<uuid:sheet>/<int:part>/", sheets.fill, name="fill"),
    path("assessments/sheet/<uuid:sheet>/sign/", sheets.sign, name="sign"),
]
