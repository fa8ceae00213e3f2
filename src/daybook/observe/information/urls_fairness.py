"""Addresses of figures: do groups fare alike, and how many people are monitored."""

from django.urls import path

from .views import counts, fairness

urlpatterns = [
    path("information/fairness/", fairness.fairness, name="fairness"),
    path("information/fairness/<slug:establishment>/", fairness.fairness_at, name="fairness-at"),
    path(
        "information/fairness/<slug:establishment>/answer/<str:compared>/",
        fairness.fairness_answer,
        name="fairness-answer",
    ),
    path("information/counts/", counts.counts, name="counts"),
    path("information/counts/file/", counts.counts_csv, name="counts-csv"),
]
