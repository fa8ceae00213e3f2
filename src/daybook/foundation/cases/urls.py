from django.urls import path

from . import views
from .looks.views import looks, looks_on_inquiry

app_name = "cases"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("open/<int:person>/", views.open_case, name="open"),
    path("looks/", looks_on_inquiry, name="looks-on-inquiry"),
    path("looks/<int:person>/", looks, name="looks"),
    path("<uuid:case>/", views.case, name="case"),
    path("<uuid:case>/review/", views.review, name="review"),
    path("<uuid:case>/close/", views.close, name="close"),
    path("<uuid:case>/team/", views.team, name="team"),
    path("<uuid:case>/team/join/", views.join, name="join"),
    path("<uuid:case>/team/<uuid:member>/leave/", views.leave, name="leave"),
    path("<uuid:case>/hand-over/", views.hand_over, name="hand-over"),
]
