"""What must be known before a door is opened: of one person, of a unit, of many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import reached, require, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import display_name
from daybook.foundation.staff.models import short_name

from ..models import Review, UnlockNote
from ..rules.unlock import Other, at_the_door, cannot_be_kept_apart, decides, in_brief
from ..vocabulary import UnlockKind

SAFETY = Compartment.SAFETY
WHAT = "what to know first"


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing to know that stands now. ``other``: whom somebody is kept apart from."""

    key: UUID
    person_id: int
    kind: str
    instruction: str
    staff_needed: int | None
    review_on: date
    other: Other | None
    unit_id: int | None
    cell: str

    @property
    def words(self) -> str:
        """What is said at the door."""
        return at_the_door(
            self.kind, self.instruction, staff_needed=self.staff_needed, other=self.other
        )

    @property
    def brief(self) -> str:
        """The same in two or three words."""
        return in_brief(self.kind, staff_needed=self.staff_needed, other=self.other)

    @property
    def cannot(self) -> str:
        """That the two can't be kept apart where they live; mostly nothing."""
        if self.other is None:
            return ""
        return cannot_be_kept_apart(self.other, unit_id=self.unit_id, cell=self.cell)

    @property
    def label(self) -> str:
        return str(UnlockKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Reviewed:
    words: str
    by: str
    at: datetime
    next_on: date


@dataclass(frozen=True, slots=True)
class Note:
    """One note whole: what staff do, why, by whom, how long; and how it ended, if it did."""

    key: UUID
    person_id: int
    kind: str
    instruction: str
    staff_needed: int | None
    reason: str
    by: str
    at: datetime
    review_on: date
    ended_at: datetime | None
    ended_by: str
    ended_because: str
    standing: Standing | None
    """As it is said at the door, while it stands."""
    reviews: tuple[Reviewed, ...] = ()

    @property
    def words(self) -> str:
        if self.standing:
            return self.standing.words
        return at_the_door(self.kind, self.instruction, staff_needed=self.staff_needed)


def may_decide(person_id: int, *, viewer: Viewer) -> bool:
    """Whether the viewer says of this person's protections that they stand, or end."""
    return any(decides(held.role) for held in viewer.held) and may_write(person_id, viewer=viewer)


def may_write(person_id: int, *, viewer: Viewer) -> bool:
    return not viewer.everywhere and person_id in viewer.people(SAFETY, Right.WRITE)


def standing(people: Iterable[int], *, viewer: Viewer) -> list[Standing]:
    """What stands for these people, as far as the viewer reaches them; one read for all.

    A keep-apart first, then by kind and age. Whoever may not read of safety learns nothing.
    """
    within = reached(people, viewer=viewer, compartment=SAFETY)
    if not within:
        return []
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [within, UnlockKind.values])
        found = [_standing(*row) for row in cursor.fetchall()]
    viewer.saw(WHAT, [each.person_id for each in found])
    viewer.saw("names", [each.other.id for each in found if each.other])
    return found


def notes_of(person_id: int, *, viewer: Viewer) -> tuple[list[Note], list[Note]]:
    """Somebody's notes: those that stand, and those that were ended, latest first. Else 404."""
    require(person_id, viewer=viewer, compartment=SAFETY)
    notes = _notes(person_id=person_id, viewer=viewer)
    return [n for n in notes if not n.ended_at], [n for n in notes if n.ended_at]


def note_with(note_id: UUID, *, viewer: Viewer) -> Note:
    """One note with its reviews, or 404."""
    notes = _notes(id=note_id, viewer=viewer)
    if not notes:
        raise Http404
    return notes[0]


def _notes(*, viewer: Viewer, **which: Any) -> list[Note]:
    rows = list(
        scope(UnlockNote.objects.filter(**which), viewer=viewer, compartment=SAFETY)
        .order_by("-written_at", "id")
        .values_list(*_NOTE)
    )
    if not rows:
        return []
    said = {each.key: each for each in standing({row[1] for row in rows}, viewer=viewer)}
    reviews = defaultdict[UUID, list[Reviewed]](list)
    for key, words, given, family, at, next_on in (
        Review.objects.filter(note_id__in=[row[0] for row in rows])
        .order_by("-reviewed_at")
        .values_list(
            "note_id", "words", "reviewed_by__given_name", "reviewed_by__family_name",
            "reviewed_at", "next_on",
        )
    ):  # fmt: skip
        reviews[key].append(Reviewed(words, short_name(given, family), at, next_on))
    viewer.saw("unlock notes", [row[1] for row in rows])
    return [_note(row, said.get(row[0]), tuple(reviews[row[0]])) for row in rows]


def _note(row: tuple[Any, ...], said: Standing | None, reviews: tuple[Reviewed, ...]) -> Note:
    key, person, kind, instruction, staff, reason, given, family, at, review_on, *end = row
    ended_at, ended_given, ended_family, because = end
    by = short_name(given, family)
    ended_by = short_name(ended_given, ended_family) if ended_at else ""
    return Note(
        key, person, kind, instruction, staff, reason, by, at, review_on, ended_at, ended_by,
        because, said, reviews,
    )  # fmt: skip


_NOTE = (
    "id", "person_id", "kind", "instruction", "staff_needed", "reason", "written_by__given_name",
    "written_by__family_name", "written_at", "review_on", "ended_at", "ended_by__given_name",
    "ended_by__family_name", "ended_because",
)  # fmt: skip


def _standing(
    person: int, key: UUID, kind: str, instruction: str, staff_needed: int | None, review_on: date,
    apart_from: int | None, given: str | None, family: str | None, known: str | None,
    other_unit: int | None, unit: str | None, other_cell: str | None,
    unit_id: int | None, cell: str | None,
) -> Standing:  # fmt: skip
    other = None
    if apart_from is not None:
        name = display_name(given or "", family or "", known or "")
        other = Other(apart_from, name, other_unit, unit or "", other_cell or "")
    return Standing(
        key, person, kind, instruction, staff_needed, review_on, other, unit_id, cell or ""
    )


# The name of whoever somebody is kept apart from is told even where they are out of reach.
STANDING = """
    select n.person_id, n.id, n.kind, n.instruction, n.staff_needed, n.review_on,
           n.apart_from_id, o.given_name, o.family_name, o.known_as, o.unit_id, o.unit, o.cell,
           s.unit_id, c.name
      from safety_unlocknote n
      left join daybook.kept_apart() o
        on o.person_id = n.person_id and o.apart_from = n.apart_from_id
      left join people_stay s on s.person_id = n.person_id and s.ended_at is null
      left join places_cell c on c.id = s.cell_id
     where n.person_id = any(%s::bigint[]) and n.ended_at is null
       and n.struck_at is null
     order by n.person_id, array_position(%s::text[], n.kind::text), n.written_at, n.id
"""


def by_person(found: Collection[Standing]) -> dict[int, list[Standing]]:
    """What stands, under the key of each person."""
    people = defaultdict[int, list[Standing]](list)
    for each in found:
        people[each.person_id].append(each)
    return people
