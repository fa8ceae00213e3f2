"""The log of readings about one person, for whoever may ask."""

from datetime import date, datetime

from django.db import connection
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import ROLES, Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.access.words import KINDS
from daybook.foundation.staff.models import short_name

from .rules import SHOWN, Look


def may_ask(person_id: int, *, viewer: Viewer) -> bool:
    """Whoever leads an open case about them, and the oversight body."""
    if viewer.everywhere:
        return viewer.may(Right.READ, Compartment.CASES)
    if not viewer.may(Right.WRITE, Compartment.CASES):
        return False
    with connection.cursor() as cursor:
        cursor.execute("select daybook.leads_for(%s)", [person_id])
        return bool(cursor.fetchone()[0])


def looks_at(person_id: int, *, until: datetime, viewer: Viewer) -> list[Look]:
    """Who read about this person, or gave something out, in the fortnight before ``until``."""
    require(person_id, viewer=viewer)
    if not may_ask(person_id, viewer=viewer):
        raise Http404
    zone = timezone.get_current_timezone_name()
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from daybook.looks_at(%s, %s, %s, %s)",
            [person_id, until - SHOWN, until, zone],
        )
        rows = cursor.fetchall()
    viewer.saw("who has looked", [person_id])
    return [_look(*row) for row in rows]


def _look(
    day: date,
    given: str,
    family: str,
    post: str,
    grounds: list[str],
    compartments: list[str],
    alone: bool,
    times: int,
    first: datetime,
    last: datetime,
    reason: str,
    recipient: str,
) -> Look:
    roles = dict.fromkeys(ground.split(" ")[0] for ground in grounds)
    kinds = [each for each in compartments if each != Compartment.IDENTITY]
    return Look(
        day=day,
        who=short_name(given, family) if family else _("Somebody whose account is gone"),
        post=post or "",
        roles=tuple(str(ROLES[role].name) for role in roles if role in ROLES),
        kinds=tuple(str(KINDS[Compartment(each)][0]) for each in kinds),
        alone=alone,
        times=times,
        first_at=first,
        last_at=last,
        reason=reason,
        recipient=recipient,
    )
