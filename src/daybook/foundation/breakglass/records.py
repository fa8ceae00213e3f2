"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Then, records

from . import models

OPENING = Kept(
    "opening",
    _("opening in an emergency"),
    models.Opening,
    Limit(60, 60, 60, Begins.ENTRY, Then.REVIEW),
    day="opened_at",
    compartment="identity",
    settles=("closed_at",),
    own_lock=True,
    parts=(Part(models.Review, "opening_id"),),
)


def register() -> None:
    records.register(OPENING)
