"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, records

from . import models

CONFIDENCE = Kept(
    "confidence",
    _("note of what was told in confidence"),
    models.Confidence,
    Limit(60, 12, 60, Begins.RELEASE),
    day="written_at",
    compartment="pastoral",
    own_lock=True,
    parts=(Part(models.Addition, "confidence_id"),),
    withheld=_("It lies sealed with whoever was told it, who goes through it with the person."),
)
QUESTION = Kept(
    "question",
    _("request to know what was told in confidence"),
    models.Question,
    Limit(60, 12, 60, Begins.RELEASE),
    day="written_at",
    compartment="pastoral",
    parts=(Part(models.Answer, "question_id"),),
    withheld=_("It lies sealed with whoever keeps what was told, and is asked for there."),
)
CONSENT = Kept(
    "consent",
    _("consent for the oversight body"),
    models.Consent,
    Limit(60, 12, 60, Begins.RELEASE),
    day="written_at",
    compartment="pastoral",
    settles=("ended_at", "ended_by_id"),
    own_lock=True,
)


def register() -> None:
    records.register(CONFIDENCE, QUESTION, CONSENT)
