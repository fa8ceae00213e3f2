"""The addresses of the house: each app brings its own."""

from django.urls import include, path

from daybook.web.views import errors

urlpatterns = [
    path("", include("daybook.web.urls")),
    path("", include("daybook.observe.reflections.urls")),
    path("", include("daybook.observe.shifts.urls")),
    path("safety/", include("daybook.observe.safety.urls")),
    path("conduct/", include("daybook.observe.conduct.urls")),
    path("", include("daybook.observe.confidences.urls")),
    path("", include("daybook.observe.information.urls")),
    path("", include("daybook.understand.assessments.urls")),
    path("reviews/", include("daybook.understand.reviews.urls")),
    path("", include("daybook.foundation.duties.urls")),
    path("training/", include("daybook.learn.training.urls")),
    path("carry/", include("daybook.web.carry.urls")),
    path("cases/", include("daybook.foundation.cases.urls")),
    path("", include("daybook.foundation.people.urls")),
    path("", include("daybook.foundation.equality.urls")),
    path("retention/", include("daybook.foundation.retention.urls")),
    path("break-glass/", include("daybook.foundation.breakglass.urls")),
    path("disclosures/", include("daybook.foundation.disclosures.urls")),
    path("contests/", include("daybook.foundation.contests.urls")),
    path("roles/", include("daybook.foundation.access.urls")),
]

handler400 = errors.not_understood
handler404 = errors.not_here
handler500 = errors.went_wrong
