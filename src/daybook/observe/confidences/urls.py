"""Addresses of what is told in confidence. None holds a name."""

from django.urls import path

from . import views

app_name = "confidences"
urlpatterns = [
    path("in-confidence/", views.mine, name="mine"),
    path("people/<int:person>/in-confidence/", views.notes, name="notes"),
    path("people/<int:person>/in-confidence/word/", views.word, name="word"),
    path(
        "people/<int:person>/in-confidence/word/<uuid:consent>/end/",
        views.end_word,
        name="end-word",
    ),
    path("in-confidence/notes/<uuid:confidence>/add/", views.add, name="add"),
    path("in-confidence/notes/<uuid:confidence>/strike/", views.strike, name="strike"),
    path("in-confidence/source/", views.name_source, name="name-source"),
    path("in-confidence/ask/", views.ask, name="ask"),
    path("in-confidence/source/ask/", views.ask_about_source, name="ask-source"),
    path("in-confidence/asked/<uuid:question>/", views.asked, name="asked"),
    path("in-confidence/asked/<uuid:question>/answer/", views.answer, name="answer"),
]
