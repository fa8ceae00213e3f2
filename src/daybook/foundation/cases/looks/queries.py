"""The log of readings about one person, for whoever may ask."""

from datetime import date, datetime

from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import NoDataFound

from daybook.foundation.access.roles import DATA_PROTECTION, ROLES, Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.access.words import KINDS
from daybook.foundation.registry.cannot import Cannot
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
    return _looks("looks_at", person_id, until, viewer)


def looks_on_inquiry(
    person_id: int, *, until: datetime, inquiry: str, viewer: Viewer
) -> list[Look]:
    """The same for data protection, of every kind of record, on an inquiry that the log keeps.

    Raises ``Cannot`` where nobody has this key, 404 for whoever does not protect data.
    """
    if not viewer.holds(DATA_PROTECTION):
        raise Http404
    viewer.justify(inquiry)
    try:
        with transaction.atomic():
            return _looks("looks_on_inquiry", person_id, until, viewer, inquiry)
    except DatabaseError as nobody:
        if isinstance(nobody.__cause__, NoDataFound):
            raise Cannot(_("Nobody has this key.")) from nobody
        raise


def _looks(
    function: str, person_id: int, until: datetime, viewer: Viewer, *more: str
) -> list[Look]:
    zone = timezone.get_current_timezone_name()
    asked: list[int | str | datetime] = [person_id, until - SHOWN, until, zone, *more]
    with connection.cursor() as cursor:
        cursor.execute(f"select * from daybook.{function}({', '.join(['%s'] * len(asked))})", asked)
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
