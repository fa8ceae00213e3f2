"""The list of what is due, and what two people make of it."""

from datetime import date
from uuid import UUID

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import DATA_PROTECTION
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.records import records

from ..models import Erasure
from ..queries.due import due, facts, keeps_limits, kept_for_now


@transaction.atomic
def list_due(*, by: Actor, today: date) -> int:
    """Put on the list what has come due and take off what is due no more; gives how many lines.

    Run by Daybook itself each night. A person who came back is due no more.
    """
    known, kept = facts(), kept_for_now(today)
    now = timezone.now()
    lines = 0
    for kind in records.known:
        found = {
            person: keys
            for person, keys in due(kind, known, today).items()
            if (kind, person) not in kept
        }
        open_ones = Erasure.objects.filter(
            kind=kind, early=False, proposed_at__isnull=True, kept_at__isnull=True,
            lapsed_at__isnull=True, erased_at__isnull=True,
        )  # fmt: skip
        listed = dict(open_ones.values_list("person_key", "id"))
        for person in listed.keys() - found.keys():
            open_ones.filter(id=listed[person]).update(lapsed_at=now)
        for person in found.keys() & listed.keys():
            open_ones.filter(id=listed[person]).update(keys=found[person])
        taken_up = set(
            Erasure.objects.filter(
                kind=kind, early=False, proposed_at__isnull=False, kept_at__isnull=True,
                lapsed_at__isnull=True, erased_at__isnull=True,
            ).values_list("person_key", flat=True)
        )  # fmt: skip
        Erasure.objects.bulk_create(
            Erasure(kind=kind, person_key=person, keys=keys, listed_at=now)
            for person, keys in found.items()
            if person not in listed and person not in taken_up
        )
        lines += len(found)
    record(by=by, kind=Kind.COMBINATION, subject="what is due to be erased", reason=f"{lines}")
    return lines


@transaction.atomic
def propose(*, by: Viewer, key: UUID, reason: str) -> None:
    """Say that these records go: the first of two people."""
    erasure = _open(by, key)
    if erasure.proposed_at:
        if erasure.proposed_by_id == by.staff_id:
            return
        raise Cannot(_("A colleague has proposed it already. Approve it, or keep it."))
    _step(erasure, proposed_by_id=by.staff_id, proposed_at=timezone.now(), reason=reason)
    record(
        by=by, kind=Kind.ALTERATION, subject=f"erasure proposed: {erasure.kind}", record=key,
        people=[erasure.person_key], reason=reason,
    )  # fmt: skip


@transaction.atomic
def keep(*, by: Viewer, key: UUID, reason: str, look_again_on: date) -> None:
    """Say that these records stay for a reason, until a day on which they are looked at again."""
    erasure = _open(by, key)
    if not by.holds(DATA_PROTECTION):
        raise Http404
    if look_again_on <= timezone.localdate():
        raise Cannot(_("Name a day to come."))
    _step(
        erasure, kept_by_id=by.staff_id, kept_at=timezone.now(), reason=reason,
        look_again_on=look_again_on, proposed_by_id=None, proposed_at=None,
    )  # fmt: skip
    record(
        by=by, kind=Kind.ALTERATION, subject=f"kept beyond its limit: {erasure.kind}", record=key,
        people=[erasure.person_key], reason=reason,
    )  # fmt: skip


@transaction.atomic
def approve(*, by: Viewer, key: UUID) -> int:
    """The second of two people: what was proposed is erased, at once; gives how many rows went.

    The database asks once more: that they are two, and that no hold stops it.
    """
    erasure = _open(by, key)
    if not by.holds(DATA_PROTECTION):
        raise Http404
    if erasure.proposed_at is None:
        raise Cannot(_("Nobody has proposed it yet."))
    if erasure.proposed_by_id == by.staff_id:
        raise Cannot(_("You proposed it yourself. A colleague for data protection approves it."))
    if is_held(erasure.person_key):
        raise Cannot(_("A hold stops it. It is erased once the hold is lifted."))
    if not erasure.early and not _still_due(erasure):
        raise Cannot(_("Not all of it is due any more. Keep it; tomorrow’s list says what is."))
    try:
        _step(erasure, approved_by_id=by.staff_id, approved_at=timezone.now())
    except IntegrityError as owed:
        raise Cannot(
            _("Somebody outside is still to be told that it was wrong. Tell them first.")
        ) from owed
    with connection.cursor() as cursor:
        cursor.execute("select daybook.erase(%s)", [key])
        rows = int(cursor.fetchone()[0])
    record(
        by=by, kind=Kind.ERASURE, subject=f"erasure: {erasure.kind}", record=key,
        people=[erasure.person_key], reason=erasure.reason,
    )  # fmt: skip
    return rows


def is_held(person_key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select daybook.is_held(%s)", [person_key])
        return bool(cursor.fetchone()[0])


def _open(by: Viewer, key: UUID) -> Erasure:
    if not keeps_limits(by):
        raise Http404
    erasure = Erasure.objects.filter(id=key).select_for_update().first()
    if erasure is None:
        raise Http404
    if erasure.erased_at or erasure.kept_at or erasure.lapsed_at:
        raise Cannot(_("This was settled meanwhile."))
    return erasure


def _still_due(erasure: Erasure) -> bool:
    found = due(erasure.kind, facts([erasure.person_key]), timezone.localdate())
    return set(erasure.keys) <= set(found.get(erasure.person_key, ()))


def _step(erasure: Erasure, **changed: object) -> None:
    """One step more. ``IntegrityError`` where another room has something to be done before."""
    try:
        with transaction.atomic():
            Erasure.objects.filter(id=erasure.id).update(**changed)
    except IntegrityError:
        raise
    except DatabaseError as refused:
        raise Cannot(_("This was settled meanwhile.")) from refused
