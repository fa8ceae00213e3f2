"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Then, Trace, records

from . import models

LIMIT = Limit(24, 6, 12, Begins.RELEASE)
WING = "wing"

REFLECTION = Kept(
    "reflection",
    _("reflection"),
    models.Reflection,
    LIMIT,
    day="saved_at",
    compartment=WING,
    own_lock=True,
    parts=(
        Part(models.Rating, "reflection_id", own_lock=True),
        Part(models.Addition, "reflection_id"),
    ),
    drawn=(models.Picture,),
)
USUAL = Kept(
    "usual",
    _("usual pattern"),
    models.UsualPattern,
    LIMIT,
    day="written_at",
    compartment=WING,
    settles=("replaced_at",),
    parts=(Part(models.EarlySign, "pattern_id"),),
)
TRUST = Kept(
    "trust",
    _("trust that was offered"),
    models.TrustStep,
    LIMIT,
    day="offered_on",
    compartment=WING,
    settles=("taken_on", "declined_on", "kept_on", "note"),
)
STRENGTH = Kept(
    "strength", _("strength"), models.Strength, LIMIT, day="written_on", compartment=WING
)
TOLD = Kept(
    "told",
    _("what was told about the record"),
    models.Told,
    LIMIT,
    day="told_on",
    compartment=WING,
    parts=(Part(models.Answer, "told_id"),),
)
DISCUSSION = Kept(
    "discussion",
    _("minutes of a meeting"),
    models.MeetingPerson,
    Limit(24, 6, 12, Begins.RELEASE, Then.REVIEW),
    day="at",
    compartment=WING,
    own_lock=True,
    parts=(
        Part(models.Explanation, "discussion_id", own_lock=True),
        Part(models.TakenAsUsual, "discussion_id", own_lock=True),
    ),
)
CARE = Kept(
    "care",
    _("the team’s word for the care needed"),
    models.Care,
    LIMIT,
    day="set_at",
    compartment=WING,
    settles=("ended_at", "ends_at"),
)


def register() -> None:
    records.register(REFLECTION, USUAL, TRUST, STRENGTH, TOLD, DISCUSSION, CARE)
    # That something was struck or moved goes with what was: both name it by its key.
    moved = (Part(models.Move, "strike_id", of_anybody=True),)
    records.leaves(
        Trace(models.Strike, by=("record",), parts=moved), Trace(models.Move, by=("id",))
    )
