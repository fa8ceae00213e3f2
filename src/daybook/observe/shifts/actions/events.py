"""Writing a shared event, who took part, and that support was offered."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.queries import require_unit
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import as_author, require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.queries import team
from daybook.foundation.registry.cannot import Cannot

from ..models import EventPart, SharedEvent, StaffPart
from ..queries.events import event_with, leads, names_of, support_with
from ..rules.events import names_somebody, naming_problem
from ..vocabulary import EventKind, Response

WING = Compartment.WING


@transaction.atomic
def write_event(
    *,
    by: Viewer,
    unit_id: int,
    key: UUID,
    kind: EventKind,
    place: str,
    happened_at: datetime,
    fact: str,
    people: Collection[int],
    part: str,
    reading: str = "",
    responses: Collection[Response] = (),
    response: str = "",
    opening: str = "",
    present: str = "",
    others: bool = False,
    tested: Collection[int] = (),
) -> None:
    """Write an event once, with those who took the same part in it.

    ``tested`` are colleagues who were provoked. The same key twice is one event. Raises
    ``Cannot`` where a word names somebody who took part.
    """
    require_unit(unit_id, viewer=by, right=Right.WRITE)
    for person in people:
        require(person, viewer=by, compartment=WING, right=Right.WRITE)
    if not people:
        raise Cannot(_("Say who took part."))
    if set(tested) - {each.id for each in team(unit_id, viewer=by)}:
        raise Cannot(_("Choose somebody who works on this unit."))
    _names_nobody(people, (place, fact, reading, response, opening, part), by)
    with as_author(by):
        if SharedEvent.objects.filter(pk=key).exists():
            return
    now = timezone.now()
    event = SharedEvent(
        id=key,
        unit_id=unit_id,
        kind=kind,
        place=place,
        happened_at=happened_at,
        fact=fact,
        reading=reading,
        responses=[each.value for each in Response if each in responses],
        response=response,
        opening=opening,
        present=present,
        others=others,
        written_by_id=by.staff_id,
        written_at=now,
    )
    try:
        with transaction.atomic():
            SharedEvent.objects.bulk_create([event])
    except IntegrityError:
        # The key is somebody else's, and out of sight: as if it did not exist.
        raise Http404 from None
    _add_parts(event.pk, people, part, by, now)
    StaffPart.objects.bulk_create(
        StaffPart(
            event_id=key, unit_id=unit_id, staff_id=staff, written_by_id=by.staff_id, written_at=now
        )
        for staff in tested
    )
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="shared event",
        record=key,
        people=people,
        signed=SharedEvent,
    )


@transaction.atomic
def add_part(*, by: Viewer, event_id: UUID, people: Collection[int], part: str) -> None:
    """Say that more people took part, and how. Whoever is there already stays as written."""
    event, parts, _others = event_with(event_id, viewer=by)
    for person in people:
        require(person, viewer=by, compartment=WING, right=Right.WRITE)
    there = {each.person.id for each in parts}
    new = [person for person in people if person not in there]
    if not new:
        return
    words = (event.place, event.fact, event.reading, event.response, event.opening)
    _names_nobody(new, words, by)
    _names_nobody([*there, *new], [part], by)
    _add_parts(event_id, new, part, by, timezone.now())


@transaction.atomic
def offer_support(*, by: Viewer, support_id: UUID) -> None:
    """Whoever leads the unit has offered support. Saying it twice is saying it once."""
    support = support_with(support_id, viewer=by)
    if not leads(support.unit_id, viewer=by):
        raise Http404
    if StaffPart.objects.filter(id=support_id, offered_at__isnull=True).update(
        offered_by_id=by.staff_id, offered_at=timezone.now()
    ):
        record(by=by, kind=Kind.ALTERATION, subject="support offered", record=support_id)


@transaction.atomic
def answer_support(*, by: Viewer, support_id: UUID, taken_up: bool) -> None:
    """The colleague says whether support is wished for; whoever leads the unit may write it."""
    support = support_with(support_id, viewer=by)
    if support.taken_up == taken_up:
        return
    if support.offered_at is None:
        raise Cannot(_("Offer it first."))
    changed = StaffPart.objects.filter(id=support_id, taken_up__isnull=True).update(
        taken_up=taken_up
    )
    if not changed:
        raise Cannot(_("This was answered before. It stays as it is."))
    record(by=by, kind=Kind.ALTERATION, subject="support answered", record=support_id)


def _names_nobody(people: Collection[int], texts: Collection[str], by: Viewer) -> None:
    if name := names_somebody(" ".join(texts), names_of(people, viewer=by)):
        raise Cannot(naming_problem(name))


def _add_parts(
    event_id: UUID, people: Collection[int], part: str, by: Viewer, at: datetime
) -> None:
    parts = [
        EventPart(
            event_id=event_id,
            person_id=person,
            part=part,
            written_by_id=by.staff_id,
            written_at=at,
        )
        for person in people
    ]
    try:
        with transaction.atomic():
            EventPart.objects.bulk_create(parts)
    except IntegrityError:
        raise Cannot(_("A colleague has just written this. Look at the event again.")) from None
    for each in parts:
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="part in an event",
            record=each.pk,
            people=[each.person_id],
            signed=EventPart,
        )
