from django.urls import path

from . import views
from .admissions import views as admissions
from .ahead import views as ahead
from .moves import views as moves

app_name = "people"
urlpatterns = [
    path("officers/<slug:unit>/", views.officers, name="officers"),
    path("officers/<slug:unit>/people/<int:person>/", views.officers_of, name="officers-of"),
    path("officers/<slug:unit>/cover/", views.cover, name="cover"),
    path("officers/<slug:unit>/cover/end/", views.end_cover, name="end-cover"),
    path("people/new/", admissions.admit, name="admit"),
    path("people/<int:person>/ahead/", ahead.ahead, name="ahead"),
    path("people/<int:person>/ahead/<uuid:coming>/call-off/", ahead.call_off, name="call-off"),
    path("people/<int:person>/ahead/<uuid:coming>/call-on/", ahead.call_on, name="call-on"),
    path("people/<int:person>/move/", moves.move, name="move"),
    path("people/<int:person>/leave/", ahead.leave, name="leave"),
    path("people/<int:person>/escorts/<uuid:escort>/back/", ahead.back, name="back"),
    path(
        "people/<int:person>/escorts/<uuid:escort>/did-not-leave/",
        ahead.did_not_leave,
        name="did-not-leave",
    ),
]
