"""Writing down what to know before a door is opened, letting it stand, ending it."""

from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.events import Moved
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import short_name
from daybook.observe.reflections.actions.once import add_once

from ..models import Review, UnlockNote
from ..queries.unlock import may_decide
from ..rules.unlock import problem_with_review
from ..vocabulary import UnlockKind

SAFETY = Compartment.SAFETY
TELL = "daybook.observe.safety.tasks.tell_who_cannot_be_kept_apart"


def person_numbered(number: str) -> int | None:
    """Whom a whole number means, wherever they live; None where it means nobody, or two."""
    with connection.cursor() as cursor:
        cursor.execute("select daybook.person_numbered(%s)", [number.strip()])
        found: int | None = cursor.fetchone()[0]
    return found


@transaction.atomic
def add_note(
    *,
    by: Viewer,
    person_id: int,
    key: UUID,
    kind: str,
    instruction: str,
    reason: str,
    review_on: date,
    staff_needed: int | None = None,
    apart_from: int | None = None,
) -> None:
    """Write down one thing to know. A keep-apart is written for both, in the same moment.

    Raises ``Cannot`` where the two are kept apart already, or the day can't be.
    """
    require(person_id, viewer=by, compartment=SAFETY, right=Right.WRITE)
    if UnlockNote.objects.filter(id=key, person_id=person_id, written_by_id=by.staff_id).exists():
        return  # A second tap of the same button.
    if problem := problem_with_review(review_on, today=timezone.localdate()):
        raise Cannot(problem)
    if apart_from == person_id:
        raise Cannot(_("Choose somebody else: this is the same person."))
    apart = kind == UnlockKind.KEEP_APART
    if apart:
        _one_at_a_time(*sorted([person_id, apart_from or 0]))
        known = UnlockNote.objects.filter(
            person_id=person_id, apart_from_id=apart_from, ended_at__isnull=True
        )
        if known.exists():
            raise Cannot(_("These two are kept apart already. Look at the note that stands."))
    note = UnlockNote(
        id=key,
        person_id=person_id,
        kind=kind,
        apart_from_id=apart_from if apart else None,
        pair=new_key() if apart else None,
        staff_needed=staff_needed if kind == UnlockKind.STAFF else None,
        instruction=instruction,
        reason=reason,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
        review_on=review_on,
    )
    if not add_once(note, person_id=person_id, written_by_id=by.staff_id):
        return  # Two taps at one moment.
    written = [key]
    if apart:
        written.append(new_key())
        _call("keep_the_other_apart", *written)
        tell_later(person_id)
    for each in written:
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="unlock note",
            record=each,
            people=[person_id, *([apart_from] if apart and apart_from else [])],
            signed=UnlockNote,
        )


@transaction.atomic
def let_stand(*, by: Viewer, note_id: UUID, key: UUID, words: str, next_on: date) -> None:
    """Say, by name and with a reason, that a protection stands until it is looked at again."""
    note = _note_to_decide(note_id, by=by)
    if Review.objects.filter(id=key, note_id=note_id).exists():
        return
    _stands(note)
    if problem := problem_with_review(next_on, today=timezone.localdate()):
        raise Cannot(problem)
    review = Review(
        id=key,
        person_id=note.person_id,
        note_id=note_id,
        words=words,
        reviewed_by_id=by.staff_id,
        reviewed_at=timezone.now(),
        next_on=next_on,
    )
    Review.objects.bulk_create([review])
    UnlockNote.objects.filter(id=note_id).update(review_on=next_on)
    written = [key]
    if note.pair:
        written.append(new_key())
        _call("review_the_other", *written)
    for each in written:
        _record(by, note, "unlock note reviewed", each, Review)


@transaction.atomic
def end_note(*, by: Viewer, note_id: UUID, reason: str) -> None:
    """End a protection, by name and with a reason; a keep-apart ends for both.

    Raises ``Cannot`` where a colleague has ended it a moment before.
    """
    note = _note_to_decide(note_id, by=by)
    if note.ended_by_id == by.staff_id and note.ended_because == reason:
        return
    _stands(note)
    UnlockNote.objects.filter(id=note_id).update(
        ended_at=timezone.now(), ended_by_id=by.staff_id, ended_because=reason
    )
    if note.pair:
        _call("end_the_other", note_id)
    _record(by, note, "unlock note ended", note.id)


def tell_if_they_meet(event: Moved) -> None:
    """Somebody came to a unit: whoever leads it hears of those who can't be kept apart there."""
    if event.unit_id is not None:
        tell_later(event.person_id)


def tell_later(person_id: int) -> None:
    """Have Daybook itself look, once this is committed, whether two can't be kept apart.

    Whoever moves or writes may not reach both; Daybook does.
    """
    app.configure_task(TELL, allow_unknown=False).defer(person=person_id)


def _note_to_decide(note_id: UUID, *, by: Viewer) -> UnlockNote:
    rows = scope(
        UnlockNote.objects.select_related("ended_by"), viewer=by, compartment=SAFETY
    ).filter(id=note_id)
    note = rows.first()
    if note is None or not may_decide(note.person_id, viewer=by):
        raise Http404
    # Both notes of a keep-apart under one lock, whichever of them somebody began with.
    _one_at_a_time(*_halves(note.pair or note.id))
    note.refresh_from_db()
    return note


def _stands(note: UnlockNote) -> None:
    if note.ended_by is not None:
        who = short_name(note.ended_by.given_name, note.ended_by.family_name)
        raise Cannot(_("{who} ended it a moment ago. Look at it again.").format(who=who))


def _record(
    by: Viewer, note: UnlockNote, subject: str, key: UUID, signed: type[Review] | None = None
) -> None:
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject=subject,
        record=key,
        people=[note.person_id, *([note.apart_from_id] if note.apart_from_id else [])],
        signed=signed,
    )


def _halves(key: UUID) -> tuple[int, int]:
    """A key as the two numbers that a lock is known by."""
    return (key.int >> 32) % (1 << 31), key.int % (1 << 31)


def _one_at_a_time(one: int, other: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s::int, %s::int)", [one, other])


def _call(function: str, *keys: UUID) -> None:
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(keys))
        cursor.execute(f"select daybook.{function}({places})", list(keys))
