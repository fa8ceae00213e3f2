"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Trace, records

from . import models

DELIVERIES = (Part(models.Delivery, "notice_id", of_anybody=True),)

ACTION = Kept(
    "action",
    _("action"),
    models.Action,
    Limit(24, 6, 12, Begins.RELEASE),
    day="raised_at",
    compartment="wing",
    own_lock=True,
)
NOTICE = Kept(
    "notice",
    _("notice to staff"),
    models.Notice,
    Limit(3, 1, 1, Begins.ENTRY),
    day="made_at",
    compartment="wing",
    settles=None,
    parts=DELIVERIES,
    withheld=_("It says only that something waited for a member of staff."),
)


def register() -> None:
    records.register(ACTION, NOTICE)
    records.leaves(Trace(models.Notice, within=("path", "once"), parts=DELIVERIES))
