"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Then, records

from . import models

ASSESSMENT = Kept(
    "assessment",
    _("assessment"),
    models.Assessment,
    Limit(60, 12, 24, Begins.RELEASE, Then.REVIEW),
    day="opened_at",
    compartment="casework",
    settles=("signed_at", "closed_at", "dropped_at", "dropped_by_id", "dropped_because"),
    parts=(
        Part(
            models.Sheet,
            "assessment_id",
            settles=("signed_at",),
            parts=(
                Part(models.Draft, "sheet_id", settles=("typed", "saved_at")),
                Part(models.Basis, "sheet_id"),
                Part(models.SheetAnswer, "sheet_id"),
                Part(models.Account, "sheet_id"),
            ),
        ),
        Part(models.Talk, "assessment_id"),
        Part(
            models.Closing,
            "assessment_id",
            settles=("copied_at", "copied_by_id", "copied_how", "copied_said"),
        ),
    ),
)


def register() -> None:
    records.register(ASSESSMENT)
