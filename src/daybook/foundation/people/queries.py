"""Who people are and where they live, for whoever reaches them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import connection
from django.db.models import F, Model, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name
from daybook.ui.words import isolated

from .models import (
    DateKind,
    Identifier,
    KeyDate,
    LegalStatus,
    Person,
    PersonalOfficer,
    Status,
    Stay,
    display_name,
)

IDENTITY = Compartment.IDENTITY
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as a list names them: name, cell, unit."""

    id: int
    given_name: str
    family_name: str
    known_as: str
    pronoun: str
    cell: str
    unit_id: int | None
    unit: str
    unit_code: str

    @property
    def name(self) -> str:
        return display_name(self.given_name, self.family_name, self.known_as)

    @property
    def full_name(self) -> str:
        return isolated(self.known_as or self.given_name, self.family_name)


_LINE = (
    "person_id",
    "person__given_name",
    "person__family_name",
    "person__known_as",
    "person__pronoun",
    "cell__name",
    "unit_id",
    "unit__name",
    "unit__code",
)


def people_on(
    unit_id: int, *, viewer: Viewer, right: Right = Right.READ, compartment: Compartment = IDENTITY
) -> list[PersonLine]:
    """Everyone who lives on a unit now and whom the viewer reaches there, by cell."""
    if not viewer.may(right, compartment):
        return []
    with connection.cursor() as cursor:
        cursor.execute(LIVING_ON, [unit_id])
        living = [_line(row) for row in cursor.fetchall()]
    if viewer.everywhere:
        lines = living
    else:
        within = viewer.people(compartment, right)
        lines = [line for line in living if line.id in within]
    viewer.saw("names", [line.id for line in lines])
    return lines


# Asked on every page of a unit. The columns stand in the order of ``_LINE``.
LIVING_ON = """
    select s.person_id, p.given_name, p.family_name, p.known_as, p.pronoun, c.name,
           u.id, u.name, u.code
      from people_stay s
      join people_person p on p.id = s.person_id
      join places_unit u on u.id = s.unit_id
      left join places_cell c on c.id = s.cell_id
     where s.unit_id = %s and s.ended_at is null
     order by c.name, s.person_id
"""


def people_with(ids: Iterable[int], *, viewer: Viewer) -> dict[int, PersonLine]:
    """The people with these keys whom the viewer reaches, with where they live now."""
    wanted = set(ids)
    stays = scope(
        Stay.objects.filter(person_id__in=wanted, ended_at__isnull=True),
        viewer=viewer,
        compartment=IDENTITY,
    )
    found = {row[0]: _line(row) for row in stays.values_list(*_LINE)}
    if missing := wanted - found.keys():
        rows = scope(
            Person.objects.filter(id__in=missing), viewer=viewer, compartment=IDENTITY, person="id"
        ).values_list("id", "given_name", "family_name", "known_as", "pronoun")
        found |= {row[0]: PersonLine(*row, "", None, "", "") for row in rows}
    viewer.saw("names", list(found))
    return found


def person_line(person_id: int, *, viewer: Viewer) -> PersonLine:
    """One person, or 404 alike for absent and out of reach."""
    require(person_id, viewer=viewer)
    found = people_with([person_id], viewer=viewer)
    if person_id not in found:
        raise Http404
    return found[person_id]


def my_people(*, viewer: Viewer) -> list[PersonLine]:
    """Those whose personal officer the viewer is, or for whom the viewer covers today."""
    now = timezone.now()
    ids = set(
        PersonalOfficer.objects.filter(
            Q(staff_id=viewer.staff_id)
            | Q(covers__staff_id=viewer.staff_id, covers__since__lte=now, covers__until__gt=now),
            Q(until__isnull=True) | Q(until__gt=now),
            since__lte=now,
        ).values_list("person_id", flat=True)
    )
    lines = people_with(ids, viewer=viewer)
    return sorted(lines.values(), key=lambda line: (line.unit_code, line.cell, line.id))


def personal_officers(people: Iterable[int], *, viewer: Viewer) -> dict[int, list[tuple[int, str]]]:
    """Key and short name of each person's officers now, by the key of the person."""
    officers: dict[int, list[tuple[int, str]]] = {}
    rows = (
        scope(
            PersonalOfficer.objects.filter(person_id__in=set(people), until__isnull=True),
            viewer=viewer,
            compartment=IDENTITY,
        )
        .order_by("side")
        .values_list("person_id", "staff_id", "staff__given_name", "staff__family_name")
    )
    for person, staff, given, family in rows:
        officers.setdefault(person, []).append((staff, short_name(given, family)))
    return officers


@dataclass(frozen=True, slots=True)
class DatesAndNumbers:
    """What other systems hold of a person: status, key dates in their order, numbers."""

    status: str
    since: date | None
    dates: list[tuple[str, date]]
    """In words, and the day."""
    numbers: list[tuple[str, str]]
    """The system, and the number there."""

    def __bool__(self) -> bool:
        return bool(self.status or self.dates or self.numbers)


def dates_and_numbers(person_id: int, *, viewer: Viewer) -> DatesAndNumbers:
    """Legal status, key dates and identity numbers, for whoever may know who somebody is."""
    require(person_id, viewer=viewer)

    def theirs(rows: QuerySet[M]) -> QuerySet[M]:
        return scope(rows.filter(person_id=person_id), viewer=viewer, compartment=IDENTITY)

    status, since = (
        theirs(LegalStatus.objects.filter(until__isnull=True))
        .values_list("status", "since")
        .first()
    ) or ("", None)
    dates = theirs(KeyDate.objects.all()).order_by("on", "id").values_list("kind", "on")
    numbers = theirs(Identifier.objects.all()).order_by("system").values_list("system", "number")
    found = DatesAndNumbers(
        status=str(Status(status).label) if status else "",
        since=since,
        dates=[(str(DateKind(kind).label), on) for kind, on in dates],
        numbers=list(numbers),
    )
    viewer.saw("dates and numbers", [person_id] if found else [])
    return found


def find(words: str, *, viewer: Viewer, limit: int = 20) -> list[PersonLine]:
    """People in reach whose names or numbers begin with each of the words."""
    wanted = search_words(words)
    if not wanted:
        return []
    rows = scope(Person.objects.all(), viewer=viewer, compartment=IDENTITY, person="id")
    for word in wanted:
        rows = rows.filter(search_words__word__begins=word)
    ids = rows.order_by(F("family_name"), "id").distinct().values_list("id", flat=True)[:limit]
    lines = people_with(list(ids), viewer=viewer)
    return sorted(lines.values(), key=lambda line: (line.family_name, line.id))


def living_in(cell: str, *, viewer: Viewer, limit: int = 20) -> list[PersonLine]:
    """Who in reach lives now in the cells of this name, in capitals or not."""
    stays = scope(
        Stay.objects.filter(cell__name__iexact=cell.strip(), ended_at__isnull=True),
        viewer=viewer,
        compartment=IDENTITY,
    )
    rows = stays.order_by("unit__name", "person_id").values_list(*_LINE)[:limit]
    lines = [_line(row) for row in rows]
    viewer.saw("names", [line.id for line in lines])
    return lines


def search_words(text: str) -> list[str]:
    """Cut names or numbers into words to be found by: lower case, no accents."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold()).translate(_WHOLE_LETTERS)
        if not unicodedata.combining(letter)
    )
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return sorted({word[:120] for word in words})


# Letters that carry their stroke within, and that a keyboard elsewhere types without it.
_WHOLE_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ı": "i"}
)


def _line(row: tuple[object, ...]) -> PersonLine:
    person, given, family, known, pronoun, cell, unit_id, unit, code = row
    return PersonLine(person, given, family, known, pronoun, cell or "", unit_id, unit, code)  # type: ignore[arg-type]
