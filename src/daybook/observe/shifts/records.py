"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Whole, records

from . import models

LIMIT = Limit(24, 6, 12, Begins.RELEASE)
WING = "wing"

REQUEST = Kept(
    "request",
    _("request"),
    models.Request,
    LIMIT,
    day="written_at",
    compartment=WING,
    settles=("ended_at",),
    parts=(Part(models.RequestStep, "request_id"),),
)
EVENT = Kept(
    "event-part",
    _("part in something shared"),
    models.EventPart,
    LIMIT,
    day="written_at",
    compartment=WING,
    whole=Whole(
        models.SharedEvent, "event_id", (Part(models.StaffPart, "event_id", of_anybody=True),)
    ),
)
HANDOVER = Kept(
    "handover",
    _("note for the next shift"),
    models.HandoverNote,
    Limit(12, 6, 6, Begins.ENTRY),
    day="written_at",
    compartment=WING,
)
LAST_NOTE = Kept(
    "last-note",
    _("last note of a wing somebody left"),
    models.LastNote,
    LIMIT,
    day="written_at",
    compartment=WING,
)


def register() -> None:
    records.register(REQUEST, EVENT, HANDOVER, LAST_NOTE)
