"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Then, records

from . import models

OBSERVATION = Kept(
    "observation",
    _("observation of a colleague’s conduct"),
    models.Observation,
    Limit(60, 60, 60, Begins.ENTRY, Then.REVIEW),
    day="written_at",
    compartment="complaints",
    parts=(Part(models.Outcome, "observation_id", own_lock=True),),
    withheld=_(
        "It is about a member of staff, and kept by the complaints custodian, who is asked."
    ),
)


def register() -> None:
    records.register(OBSERVATION)
