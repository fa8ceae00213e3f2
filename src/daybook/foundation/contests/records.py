"""What this app keeps about people, and how long. A statement goes with what it is about."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Then, Trace, records

from . import models

LIMIT = Limit(60, 12, 24, Begins.RELEASE, Then.REVIEW)
TOLD = ("told_on", "told_how", "told_by_id", "told_at")
PARTS = (
    Part(models.Settlement, "contest_id"),
    Part(models.Correction, "contest_id", settles=TOLD),
)

CONTEST = Kept(
    "contest",
    _("what the person says is wrong"),
    models.Contest,
    LIMIT,
    day="taken_at",
    compartment="wing",
    parts=PARTS,
)


def register() -> None:
    records.register(CONTEST)
    records.leaves(Trace(models.Contest, by=("record",), parts=PARTS, says="words"))
