"""Addresses of safety."""

from django.urls import path

from .views import apart, early_days, sheets, unlock

app_name = "safety"
urlpatterns = [
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
