"""What this app keeps about people, and how long. What protects somebody is looked at first."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Then, records

from . import models

LIMIT = Limit(36, 12, 24, Begins.RELEASE, Then.REVIEW)
ENDED = Limit(36, 12, 24, Begins.END, Then.REVIEW)
SAFETY = "safety"
ON_A_PLAN = ("review_on", "replaced_at")
OF_A_PLAN = (Part(models.Review, "plan_id"), Part(models.Check, "plan_id"))

CONCERN = Kept(
    "concern",
    _("concern for safety"),
    models.Concern,
    LIMIT,
    day="raised_at",
    compartment=SAFETY,
    own_lock=True,
    parts=(
        Part(models.Call, "concern_id"),
        Part(models.Plan, "concern_id", OF_A_PLAN, settles=ON_A_PLAN, own_lock=True),
    ),
)
PLAN = Kept(
    "plan",
    _("keep-safe plan"),
    models.Plan,
    LIMIT,
    day="made_at",
    compartment=SAFETY,
    settles=ON_A_PLAN,
    own_lock=True,
    parts=OF_A_PLAN,
)
NOTE = Kept(
    "unlock-note",
    _("what to know before unlock"),
    models.UnlockNote,
    ENDED,
    day="written_at",
    ends="ended_at",
    compartment=SAFETY,
    settles=("review_on",),
    own_lock=True,
    parts=(Part(models.Review, "note_id"),),
)
CHECK_IN = Kept(
    "check-in",
    _("early-days check-in"),
    models.CheckIn,
    Limit(24, 6, 12, Begins.RELEASE),
    day="opened_at",
    compartment=SAFETY,
    settles=("withdrawn_at",),
    own_lock=True,
)
SEPARATION = Kept(
    "separation",
    _("time apart from others"),
    models.Separation,
    ENDED,
    day="decided_at",
    ends="ended_on",
    compartment=SAFETY,
    own_lock=True,
    parts=(Part(models.ContactDay, "separation_id"),),
)


def register() -> None:
    records.register(CONCERN, PLAN, NOTE, CHECK_IN, SEPARATION)
