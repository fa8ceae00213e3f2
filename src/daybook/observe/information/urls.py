"""Addresses of information. None holds a name, and none a number of anybody."""

from django.urls import path

from . import urls_fairness, urls_outside, urls_urgent
from .views import decisions, desk, reporting

app_name = "information"
urlpatterns = [
    *urls_outside.urlpatterns,
    *urls_urgent.urlpatterns,
    path("information/report/", reporting.report, name="report"),
    path("people/<int:person>/report/", reporting.report, name="report-on"),
    path("information/mine/", reporting.mine, name="mine"),
    path("information/offer/", reporting.offer, name="offer"),
    path("people/<int:person>/offer/", reporting.offer, name="offer-on"),
    path("information/accounts/<uuid:account>/take-back/", reporting.take_back, name="take-back"),
    path("information/asked/", reporting.asked, name="asked"),
    path("information/asked/<uuid:asking>/", reporting.answer, name="answer"),
    path("information/desk/", desk.the_desk, name="desk"),
    path("information/confirmed/", decisions.confirmed, name="confirmed"),
    path("information/given/", decisions.given, name="given"),
    path("information/uses/", decisions.uses, name="uses"),
    path("information/uses/<uuid:use>/", decisions.look_again, name="look-again"),
    path("information/concerns/<uuid:information>/", desk.concern, name="concern"),
    path("information/concerns/<uuid:information>/rest-on/", decisions.rest_on, name="rest-on"),
    path("information/concerns/<uuid:information>/lay/<uuid:offered>/", desk.lay, name="lay"),
    path("information/concerns/<uuid:information>/told/<uuid:held>/", desk.told, name="told"),
    *(
        path(f"information/concerns/<uuid:information>/{what}/", desk.work(what), name=what)
        for what in desk.WORK
    ),
    *urls_fairness.urlpatterns,
]
