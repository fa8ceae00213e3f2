"""Addresses of the shift's book."""

from django.urls import path

from .views import events, handover, moves, requests

app_name = "shifts"
urlpatterns = [
    path("wing/<slug:unit>/asked/", requests.asked_on_unit, name="asked"),
    path("people/<int:person>/asked/", requests.asked_by, name="asked-by"),
    path("asked/<uuid:asked>/", requests.step, name="request"),
    path("wing/<slug:unit>/event/", events.write_event, name="write-event"),
    path("events/<uuid:event>/", events.event, name="event"),
    path("support/<uuid:support>/", events.support, name="support"),
    path("support/<uuid:support>/offered/", events.offer_support, name="offer-support"),
    path("support/<uuid:support>/answered/", events.answer_support, name="answer-support"),
    path("wing/<slug:unit>/handover/", handover.handover, name="handover"),
    path("wing/<slug:unit>/handover/<str:day>/<slug:shift>/", handover.shift_log, name="log"),
    path("wing/<slug:unit>/left/", moves.left_us, name="left-us"),
    path("people/<int:person>/last-note/", moves.last_note, name="last-note"),
]
