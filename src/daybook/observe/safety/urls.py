"""Addresses of safety."""

from django.urls import path

from .views import apart, concerns, early_days, plans, sheets, turns, unlock

app_name = "safety"
urlpatterns = [
    path("concern/", concerns.raise_concern, name="raise"),
    path("people/<int:person>/concern/", concerns.raise_for, name="raise-for"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/<uuid:concern>/", concerns.concern, name="concern"),
    path("concerns/<uuid:concern>/state/", concerns.state, name="concern-state"),
    path("concerns/<uuid:concern>/words/", concerns.words, name="concern-words"),
    path("concerns/<uuid:concern>/take-up/", concerns.take_up, name="take-up"),
    path("concerns/<uuid:concern>/end/", concerns.end, name="end-concern"),
    path("people/<int:person>/keep-safe/", plans.keep_safe, name="keep-safe"),
    path("people/<int:person>/keep-safe/make/", plans.make_plan, name="make-plan"),
    path("keep-safe/<uuid:plan>/", plans.plan, name="plan"),
    path("keep-safe/<uuid:plan>/looked-in/", plans.look_in, name="look-in"),
    path("keep-safe/<uuid:plan>/goes-on/", plans.let_stand, name="plan-stands"),
    path("keep-safe/<uuid:plan>/hand-back/", plans.hand_back, name="hand-back"),
    path("duty/", turns.who_is_on_duty, name="on-duty"),
    path("duty/<uuid:turn>/end/", turns.end_turn, name="end-turn"),
    path("people/<int:person>/unlock/", unlock.notes, name="notes"),
    path("people/<int:person>/unlock/add/", unlock.add_note, name="add-note"),
    path("unlock/<uuid:note>/", unlock.note, name="note"),
    path("unlock/<uuid:note>/stands/", unlock.review_note, name="review-note"),
    path("unlock/<uuid:note>/end/", unlock.end_note, name="end-note"),
    path("people/<int:person>/apart/", apart.apart, name="apart"),
    path("people/<int:person>/apart/begin/", apart.begin, name="begin-apart"),
    path("apart/", apart.apart_now, name="apart-now"),
    path("apart/<uuid:separation>/contact/", apart.contact, name="contact"),
    path("apart/<uuid:separation>/end/", apart.end, name="end-apart"),
    path("check-in/<uuid:check_in>/", early_days.check_in, name="check-in"),
    path("everyone/<slug:establishment>/", sheets.evacuation_of_all, name="evacuation-of-all"),
    path("<slug:unit>/check-ins/", early_days.check_ins, name="check-ins"),
    path("<slug:unit>/unlock/", sheets.unlock_sheet, name="unlock-sheet"),
    path("<slug:unit>/unlock.pdf", sheets.unlock_pdf, name="unlock-pdf"),
    path("<slug:unit>/sheet.pdf", sheets.wing_sheet, name="wing-sheet"),
    path("<slug:unit>/evacuation/", sheets.evacuation, name="evacuation"),
]
