"""Signing a reflection, taking it back, adding to it."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import as_author, require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.events import TakenBack, Turn, Turned, taken_back, turned

from ..models import Addition, Rating, Reflection
from ..queries.recording import reflection_with
from ..rules.recording import (
    CannotSign,
    Entry,
    KeyTaken,
    Locked,
    may_take_back,
    problems,
    settled,
    too_long_in_words,
)
from ..vocabulary import Circumstance

_SAID = (
    "person_id", "day", "form", "setting", "contact", "difference", "way", "of_what", "leaning",
    "seen_heard", "reading", "own_words", "own_mark", "response", "opening", "noted_at",
)  # fmt: skip


def save(*, by: Viewer, entry: Entry) -> None:
    """Sign ``entry``. Saving the same entry again changes nothing.

    Raises ``CannotSign`` with a sentence for each field, ``KeyTaken`` if its key already
    stands for other words, and 404 for a person out of reach.
    """
    require(entry.person_id, viewer=by, compartment=Compartment.WING, right=Right.WRITE)
    if found := problems(entry, today=timezone.localdate()):
        raise CannotSign(found)
    entry = settled(entry)
    if not _sign(by, entry) and not _is_saved(by, entry):
        raise KeyTaken


@transaction.atomic(savepoint=False)
def _sign(by: Viewer, entry: Entry) -> bool:
    """False if the key stands already: the one thing here that two saves can share."""
    saved_at = timezone.now()
    said = {
        **{name: getattr(entry, name) for name in _SAID},
        "id": entry.key,
        "author_id": by.staff_id,
        "saved_at": saved_at,
        "circumstances": list(entry.circumstances),
        "day_ends": timezone.make_aware(datetime.combine(entry.day + timedelta(days=1), time.min)),
        "channels": list(entry.steps),
        "steps": list(entry.steps.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(SIGN, said)
        if not cursor.rowcount:
            return False
        if entry.steps:
            cursor.execute(RATE, said)
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="reflection",
        record=entry.key,
        people=[entry.person_id],
        signed=Reflection,
    )
    if Circumstance.BAD_NEWS in entry.circumstances:
        turned.announce(Turned(entry.person_id, Turn.BAD_NEWS, saved_at, _source(entry.key)))
    return True


# What an officer waits for a hundred times a day, in as few questions as it takes: where the
# person lived on that day is found on the way.
_LIVED_ON = "daybook.lived_on(%(person_id)s, %(day_ends)s)"
_WRITTEN = ("id", "author_id", "saved_at", "circumstances", *_SAID)
SIGN = f"""
    insert into reflections_reflection (unit_id, {", ".join(_WRITTEN)})
    values ({_LIVED_ON}, {", ".join(f"%({name})s" for name in _WRITTEN)})
    on conflict do nothing
"""
RATE = f"""
    insert into reflections_rating
           (reflection_id, person_id, rater_id, unit_id, day, counts, channel_id, step)
    select %(id)s, %(person_id)s, %(author_id)s, {_LIVED_ON}, %(day)s, true, channel, step
      from unnest(%(channels)s::bigint[], %(steps)s::smallint[]) as rated(channel, step)
"""


def _source(key: UUID) -> str:
    return f"reflection:{key}"


def _is_saved(by: Viewer, entry: Entry) -> bool:
    with as_author(by):
        saved = Reflection.objects.filter(id=entry.key, author_id=by.staff_id).first()
        steps = dict(
            Rating.objects.filter(reflection_id=entry.key).values_list("channel_id", "step")
        )
    return (
        saved is not None
        and all(getattr(saved, name) == getattr(entry, name) for name in _SAID)
        and saved.circumstances == list(entry.circumstances)
        and steps == dict(entry.steps)
    )


@transaction.atomic
def take_back(*, by: Viewer, key: UUID) -> None:
    """Withdraw one's own entry. Doing it twice changes nothing.

    Raises ``Locked`` once 15 minutes have passed, and 404 for what is not one's own.
    """
    now = timezone.now()
    with as_author(by):
        # Two taps at one moment: the second waits, and finds it taken back.
        mine = Reflection.objects.select_for_update().filter(id=key, author_id=by.staff_id).first()
        if mine is None:
            raise Http404
        if mine.withdrawn_at:
            return
        if not may_take_back(saved_at=mine.saved_at, now=now):
            raise Locked
        Reflection.objects.filter(id=key).update(withdrawn_at=now)
        Rating.objects.filter(reflection_id=key).update(counts=False)
    if Circumstance.BAD_NEWS in mine.circumstances:
        taken_back.announce(TakenBack(mine.person_id, _source(key)))
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="reflection taken back",
        record=key,
        people=[mine.person_id],
    )


def add(*, by: Viewer, reflection: UUID, key: UUID, text: str) -> None:
    """Set ``text`` beside a signed entry, for good. A second press changes nothing.

    Whoever may read the entry and write about the person adds to it; so does its author.
    Raises ``CannotSign`` and ``KeyTaken`` as ``save`` does, and 404 for an entry out of reach.
    """
    person_id = reflection_with(reflection, viewer=by).person_id
    require(person_id, viewer=by, compartment=Compartment.WING, right=Right.WRITE)
    if not text:
        raise CannotSign({"text": _("Write what you want to add.")})
    if too_long := too_long_in_words(text):
        raise CannotSign({"text": too_long})
    addition = Addition(
        id=key,
        reflection_id=reflection,
        person_id=person_id,
        author_id=by.staff_id,
        text=text,
        added_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            Addition.objects.bulk_create([addition])
            record(
                by=by,
                kind=Kind.COLLECTION,
                subject="addition to a reflection",
                record=key,
                people=[person_id],
                signed=Addition,
            )
    except IntegrityError as failure:
        with as_author(by):
            same = Addition.objects.filter(
                id=key, author_id=by.staff_id, reflection_id=reflection, text=text
            ).exists()
        if same:
            return
        if not _stands(reflection, by=by):
            said = _("The entry was struck meanwhile. Nothing can be added to it.")
            raise CannotSign({"text": said}) from failure
        raise KeyTaken from failure


def _stands(reflection: UUID, *, by: Viewer) -> bool:
    """Whether an entry that stood a moment ago was not struck since."""
    try:
        reflection_with(reflection, viewer=by)
    except Http404:
        return False
    return True
