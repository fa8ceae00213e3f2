"""Writing down what is ahead, calling it off and on again; who left under escort, who is back."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import as_author, require, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.events import Turn, Turned, turned

from ..models import Coming, Escort, EscortKind
from .rules import LATELY, coming_problem, leaving_problem, moment, returning_problem

WING = Compartment.WING


@transaction.atomic
def write_coming(
    *, by: Viewer, person_id: int, key: UUID, kind: str, on: date, at: time | None, words: str
) -> None:
    """Write down something ahead; without an hour where none is known yet.

    The same key twice is one event. Raises ``Cannot`` for a time that has passed, and where
    the same stands there already.
    """
    require(person_id, viewer=by, compartment=WING, right=Right.WRITE)
    if problem := coming_problem(on, at, now=timezone.now()):
        raise Cannot(problem[1])
    with as_author(by):
        if Coming.objects.filter(pk=key, person_id=person_id, written_by_id=by.staff_id).exists():
            return
    event = Coming(
        id=key,
        person_id=person_id,
        kind=kind,
        at=moment(on, at),
        words=words,
        written_by_id=by.staff_id,
    )
    known = scope(
        Coming.objects.filter(
            person_id=person_id, kind=kind, at=event.at, cancelled_at__isnull=True
        ),
        viewer=by,
        compartment=WING,
    )
    if known.exists():
        raise Cannot(_("That stands under what is ahead already. Look at the list again."))
    try:
        with transaction.atomic():
            Coming.objects.bulk_create([event])
    except IntegrityError:
        # The key is somebody else's, and out of sight: as if it did not exist.
        raise Http404 from None
    record(by=by, kind=Kind.COLLECTION, subject="coming event", record=key, people=[person_id])


@transaction.atomic
def call_off(*, by: Viewer, person_id: int, coming_id: UUID) -> None:
    """It will not take place, or did not.

    Raises ``Cannot`` for what is called off already, and for what is long past.
    """
    with _changing(coming_id, person_id, by) as event:
        if event.cancelled_at is not None:
            raise Cannot(_("That was called off already. Nothing has changed."))
        Coming.objects.filter(pk=coming_id).update(cancelled_at=timezone.now())
    _record_change(coming_id, person_id, by, reason="called off")


@transaction.atomic
def call_on(*, by: Viewer, person_id: int, coming_id: UUID) -> None:
    """What was called off takes place after all, or did.

    Raises ``Cannot`` for what was never called off, and for what is long past.
    """
    with _changing(coming_id, person_id, by) as event:
        if event.cancelled_at is None:
            raise Cannot(_("That was not called off. Nothing has changed."))
        Coming.objects.filter(pk=coming_id).update(cancelled_at=None)
    _record_change(coming_id, person_id, by, reason="takes place after all")


@contextmanager
def _changing(coming_id: UUID, person_id: int, by: Viewer) -> Iterator[Coming]:
    require(person_id, viewer=by, compartment=WING, right=Right.WRITE)
    # Whoever only writes here sees no row but their own, and only as its author.
    reads = by.everywhere or person_id in by.people(WING, Right.READ)
    with nullcontext() if reads else as_author(by):
        event = Coming.objects.filter(pk=coming_id, person_id=person_id).select_for_update().first()
        if event is None:
            raise Http404
        if event.at < timezone.now() - LATELY:
            raise Cannot(_("That was more than seven days ago and stays as it is."))
        yield event


def _record_change(coming_id: UUID, person_id: int, by: Viewer, *, reason: str) -> None:
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="coming event",
        record=coming_id,
        people=[person_id],
        reason=reason,
    )


# ---- Escorts ----


@transaction.atomic
def leave(*, by: Viewer, person_id: int, key: UUID, kind: str, left_at: datetime) -> None:
    """Somebody has left under escort. It changes nobody's reach and ends no stay.

    The same key twice is one escort. Raises ``Cannot`` for a time that can't be, and for
    somebody who is out already.
    """
    _reads_and_writes(person_id, by)
    escorts = Escort.objects.filter(person_id=person_id)
    if escorts.filter(pk=key).exists():
        return
    if escorts.filter(back_at__isnull=True).exists():
        raise Cannot(_out_already())
    last_back = escorts.filter(back_at__gt=F("left_at")).aggregate(at=Max("back_at"))["at"]
    if problem := leaving_problem(left_at, last_back=last_back, now=timezone.now()):
        raise Cannot(problem)
    try:
        with transaction.atomic():
            Escort.objects.bulk_create(
                [Escort(id=key, person_id=person_id, kind=kind, left_at=left_at)]
            )
    except IntegrityError:
        raise Cannot(_out_already()) from None
    record(by=by, kind=Kind.COLLECTION, subject="escort", record=key, people=[person_id])


@transaction.atomic
def come_back(*, by: Viewer, person_id: int, escort_id: UUID, back_at: datetime) -> None:
    """Somebody is back. Saying it twice with the same time is saying it once.

    Raises ``Cannot`` for a time that can't be, and where a colleague has given another.
    """
    escort = _escort(escort_id, person_id, by)
    if escort.back_at == back_at:
        return
    if escort.back_at is not None:
        raise Cannot(_("A colleague has written already that they are back."))
    if problem := returning_problem(back_at, left_at=escort.left_at, now=timezone.now()):
        raise Cannot(problem)
    _end(escort, back_at, by, reason="")
    if escort.kind == EscortKind.COURT:
        turned.announce(Turned(person_id, Turn.BACK_FROM_COURT, back_at, f"escort:{escort_id}"))


@transaction.atomic
def did_not_leave(*, by: Viewer, person_id: int, escort_id: UUID) -> None:
    """The escort did not take place, or was written for somebody else.

    Raises ``Cannot`` for somebody who left and is back.
    """
    escort = _escort(escort_id, person_id, by)
    if escort.back_at is None:
        _end(escort, escort.left_at, by, reason="did not take place")
    elif escort.back_at != escort.left_at:
        raise Cannot(_("A colleague has written already that they are back."))


def _end(escort: Escort, back_at: datetime, by: Viewer, *, reason: str) -> None:
    Escort.objects.filter(pk=escort.pk).update(back_at=back_at)
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="escort",
        record=escort.pk,
        people=[escort.person_id],
        reason=reason,
    )


def _escort(escort_id: UUID, person_id: int, by: Viewer) -> Escort:
    _reads_and_writes(person_id, by)
    found = Escort.objects.filter(pk=escort_id, person_id=person_id).select_for_update().first()
    if found is None:
        raise Http404
    return found


def _reads_and_writes(person_id: int, by: Viewer) -> None:
    for right in (Right.READ, Right.WRITE):
        require(person_id, viewer=by, compartment=WING, right=right)


def _out_already() -> str:
    return _("They are out under escort already. Say first that they are back.")
