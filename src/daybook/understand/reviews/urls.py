"""Addresses of the joint review: one that gathers, one that is rated, one whose matrix is open, one
that has ended."""

from django.urls import path

from .views import gathering, rating, review, since

app_name = "reviews"
urlpatterns = [
    path("people/<int:person>/", review.open_review, name="open"),
    path("<uuid:joint>/", review.review, name="review"),
    path("<uuid:joint>/board/<slug:dimension>/<slug:group>/", review.cell, name="cell"),
    path("<uuid:joint>/blind/<slug:dimension>/<slug:group>/", review.blind_spot, name="blind-spot"),
    path("<uuid:joint>/team/", review.team_of, name="team"),
    path("<uuid:joint>/accept/", review.accept, name="accept"),
    path("<uuid:joint>/leave/", review.leave, name="leave"),
    path("<uuid:joint>/team/<uuid:taking_part>/off/", review.take_off, name="take-off"),
    path("<uuid:joint>/give-up/", review.give_up, name="give-up"),
    path("<uuid:joint>/lay/", gathering.lay, name="lay"),
    path("<uuid:joint>/records/", gathering.records, name="records"),
    path(
        "<uuid:joint>/records/<slug:laid_from>/<uuid:source_record>/",
        gathering.lay_record,
        name="lay-record",
    ),
    path("<uuid:joint>/items/<uuid:laid>/back/", gathering.take_back, name="take-back"),
    path("<uuid:joint>/explanations/", gathering.explanations, name="explanations"),
    path(
        "<uuid:joint>/explanations/<uuid:explanation>/", gathering.explanation, name="explanation"
    ),
    path("<uuid:joint>/explanations/<uuid:explanation>/test/", gathering.test, name="test"),
    path(
        "<uuid:joint>/explanations/<uuid:explanation>/tests/<uuid:tested_by>/back/",
        gathering.untest,
        name="untest",
    ),
    path("<uuid:joint>/explanations/<uuid:explanation>/drop/", gathering.drop, name="drop"),
    path("<uuid:joint>/begin/", gathering.begin, name="begin"),
    path("<uuid:rated>/rate/", rating.rate, name="rate"),
    path("<uuid:rated>/sign/", rating.sign, name="sign"),
    path("<uuid:opened>/matrix/", rating.matrix, name="matrix"),
    path("<uuid:opened>/matrix/<uuid:of_item>/<uuid:beside>/", rating.note, name="note"),
    path("<uuid:opened>/close/", rating.close, name="close"),
    path("<uuid:ended>/said/", since.said, name="said"),
]
