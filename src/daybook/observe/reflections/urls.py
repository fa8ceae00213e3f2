"""Addresses of the daily loop."""

from django.urls import path

from .views import (
    board,
    history,
    meetings,
    paper,
    person,
    recording,
    strengths,
    strikes,
    told,
    usual,
)

app_name = "reflections"
urlpatterns = [
    path("wing/", board.boards, name="boards"),
    path("wing/<slug:unit>/", board.board, name="board"),
    path("wing/<slug:unit>/day/", board.unit_day, name="unit-day"),
    path("my-people/", recording.my_people, name="my-people"),
    path("wing/<slug:unit>/round/", recording.quick_round, name="round"),
    path("wing/<slug:unit>/from-paper/", paper.from_paper, name="from-paper"),
    path("people/<int:person>/reflect/", recording.reflect, name="reflect"),
    path("written/", history.written, name="written"),
    path("reflections/<uuid:reflection>/withdraw/", history.withdraw, name="withdraw"),
    path("reflections/<uuid:reflection>/add/", history.add, name="add"),
    path("entries/<slug:kind>/<uuid:entry>/strike/", strikes.strike, name="strike"),
    path("sealed/", strikes.sealed, name="sealed"),
    path("people/<int:person>/", person.person, name="person"),
    path("people/<int:person>/chart/<slug:channel>/", person.chart, name="chart"),
    path("people/<int:person>/usual/", usual.usual, name="usual"),
    path("people/<int:person>/told/", told.told, name="told"),
    path("told/<uuid:objection>/answer/", told.answer, name="answer"),
    path("people/<int:person>/strengths/", strengths.add_strength, name="add-strength"),
    path("people/<int:person>/trust/", strengths.offer_trust, name="offer-trust"),
    path("trust/<uuid:step>/", strengths.trust_step, name="trust-step"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("wing/<slug:unit>/meeting/", meetings.begin, name="begin-meeting"),
    path("meetings/<uuid:meeting>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting>/hand-over/", meetings.hand_over, name="hand-over"),
    path("meetings/<uuid:meeting>/close/", meetings.close, name="close-meeting"),
    path(
        "meetings/<uuid:meeting>/nothing-new/",
        meetings.nothing_new_of_the_rest,
        name="nothing-new-of-the-rest",
    ),
    path("meetings/<uuid:meeting>/minutes/", meetings.minutes, name="minutes"),
    path("meetings/<uuid:meeting>/people/<int:person>/", meetings.discuss, name="discuss"),
    path(
        "meetings/<uuid:meeting>/people/<int:person>/nothing-new/",
        meetings.nothing_new,
        name="nothing-new",
    ),
]
