"""The shift's own book: requests and promises, shared events, notes and signatures."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from daybook.demo.world.chance import pick, stream
from daybook.demo.world.moment import Moment
from daybook.demo.world.wing_book import Together
from daybook.demo.world.words_shifts import LAST_NOTES
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.people.models import Stay
from daybook.foundation.places.models import Cell
from daybook.foundation.registry.keys import new_key
from daybook.observe.shifts.models import (
    EventPart,
    HandoverNote,
    LastNote,
    Request,
    RequestStep,
    SharedEvent,
    Signature,
    StaffPart,
)

from .keys import REASON, Filling

AGO = timedelta(hours=30)
"""Somebody moved so long ago: a last note may still go after them."""


def fill(filling: Filling) -> None:
    _requests(filling)
    _events(filling)
    _handover(filling)
    _moved_yesterday(filling)


def _requests(filling: Filling) -> None:
    asked = [(new_key(), each) for each in filling.world.book.asked]
    add_many(
        Request,
        (
            "id", "person_id", "asked", "asked_of_id", "asked_on", "written_by_id", "written_at",
            "ended_at",
        ),
        [
            (
                key,
                filling.people[each.person],
                each.words,
                filling.staff[each.of],
                each.at.day,
                filling.staff[each.of],
                filling.at(each.at),
                filling.at(each.ended) if each.ended else None,
            )
            for key, each in asked
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip
    add_many(
        RequestStep,
        (
            "id", "request_id", "person_id", "number", "kind", "promised_by_id", "due_on", "words",
            "written_by_id", "written_at",
        ),
        [
            (
                new_key(),
                key,
                filling.people[each.person],
                number,
                step.kind,
                None if step.promised_by is None or step.due is None
                else filling.staff[step.promised_by],
                step.due,
                step.words,
                filling.staff[step.by],
                filling.at(step.at),
            )
            for key, each in asked
            for number, step in enumerate(each.steps, start=1)
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip


def _events(filling: Filling) -> None:
    events = [(new_key(), each) for each in filling.world.book.together]
    add_many(
        SharedEvent,
        (
            "id", "unit_id", "kind", "place", "happened_at", "fact", "reading", "responses",
            "response", "opening", "present", "others", "written_by_id", "written_at",
        ),
        [
            (
                key,
                filling.units[each.unit],
                each.kind,
                each.place,
                filling.at(each.at),
                each.fact,
                "",
                list(each.responses),
                each.response,
                each.opening,
                "",
                False,
                filling.staff[each.by],
                filling.at(each.written),
            )
            for key, each in events
        ],
        by=filling.by,
        reason=REASON,
        key="id",
    )  # fmt: skip
    add_many(
        EventPart,
        ("id", "event_id", "person_id", "part", "written_by_id", "written_at"),
        [
            (
                new_key(),
                key,
                filling.people[person],
                part,
                filling.staff[each.by],
                filling.at(each.written),
            )
            for key, each in events
            for person, part in each.parts
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )
    _support(filling, events)


def _support(filling: Filling, events: list[tuple[UUID, Together]]) -> None:
    """Every second offer has been made; the others wait for whoever leads the unit."""
    heads = {post.unit: post.staff for post in filling.world.posts if post.role == "head-of-unit"}
    tested = [(key, each) for key, each in events if each.tested is not None]
    rows = []
    for place, (key, each) in enumerate(tested):
        head = heads.get(each.unit)
        offered = place % 2 == 1 and head is not None
        rows.append(
            (
                new_key(),
                key,
                filling.units[each.unit],
                filling.staff[each.tested or 0],
                filling.staff[each.by],
                filling.at(each.written),
                filling.staff[head] if offered and head is not None else None,
                filling.at(each.written) if offered else None,
                True if offered else None,
            )
        )
    add_many(
        StaffPart,
        (
            "id", "event_id", "unit_id", "staff_id", "written_by_id", "written_at",
            "offered_by_id", "offered_at", "taken_up",
        ),
        rows,
        by=filling.by,
        reason=REASON,
        key="id",
    )  # fmt: skip


def _handover(filling: Filling) -> None:
    book = filling.world.book
    add_many(
        HandoverNote,
        ("id", "unit_id", "words", "written_by_id", "written_at"),
        [
            (
                new_key(),
                filling.units[note.unit],
                note.words,
                filling.staff[note.by],
                filling.at(note.at),
            )
            for note in book.notes
        ],
        by=filling.by,
        reason=REASON,
        key="id",
    )
    add_many(
        Signature,
        ("id", "unit_id", "day", "shift", "read_until", "written_by_id", "written_at"),
        [
            (
                new_key(),
                filling.units[signed.unit],
                signed.day,
                signed.shift,
                filling.at(Moment(signed.at.day, signed.at.minute - signed.at.minute % 30)),
                filling.staff[signed.by],
                filling.at(signed.at),
            )
            for signed in book.signed
        ],
        by=filling.by,
        reason=REASON,
        key="id",
    )


def _moved_yesterday(filling: Filling) -> None:
    """Somebody has just left each unit that has a neighbour, and a note went after them."""
    at, rng = timezone.now() - AGO, stream(filling.world.seed, "moved yesterday")
    notes = []
    for unit in filling.world.units:
        next_door = next(
            (
                other
                for other in filling.world.units
                if other.id != unit.id
                and (other.establishment, other.for_women) == (unit.establishment, unit.for_women)
            ),
            None,
        )
        stay = (
            Stay.objects.filter(
                unit_id=filling.units[unit.id], ended_at__isnull=True, began_at__lt=at
            )
            .order_by("-began_at", "id")
            .first()
        )
        post = next((p for p in filling.world.posts if p.unit == unit.id and p.end is None), None)
        if next_door is None or stay is None or post is None:
            continue
        Stay.objects.filter(pk=stay.pk).update(ended_at=at)
        there = filling.units[next_door.id]
        free = Cell.objects.filter(unit_id=there).exclude(stays__ended_at__isnull=True).first()
        add_many(
            Stay,
            ("person_id", "unit_id", "cell_id", "began_at", "reason", "source"),
            [(stay.person_id, there, free.pk if free else None, at, "A place came free.", "")],
            by=filling.by,
            reason=REASON,
            person="person_id",
        )
        words = pick(rng, LAST_NOTES)
        notes.append(
            (
                new_key(), stay.person_id, filling.units[unit.id], words,
                filling.staff[post.staff], at + timedelta(hours=2),
            )
        )  # fmt: skip
    add_many(
        LastNote,
        ("id", "person_id", "unit_id", "words", "written_by_id", "written_at"),
        notes,
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )
