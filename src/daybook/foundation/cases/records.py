"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Then, records

from . import models

CASE = Kept(
    "case",
    _("case"),
    models.Case,
    Limit(24, 6, 12, Begins.END, Then.REVIEW),
    day="opened_at",
    ends="closed_at",
    compartment="cases",
    settles=("review_on", "ends_on", "lead_id", "closed_at", "closed_by_id", "closed_because"),
    own_lock=True,
    parts=(
        Part(models.CaseReview, "case_id"),
        Part(models.TeamMember, "case_id", settles=("until",), own_lock=True),
    ),
)


def register() -> None:
    records.register(CASE)
