from django.urls import path

from . import views

app_name = "cases"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("open/<int:person>/", views.open_case, name="open"),
    path("<uuid:case>/", views.case, name="case"),
]
