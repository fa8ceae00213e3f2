"""What people were told about the record, who objects to it, and what they were answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import DUTY_MANAGER, HEAD_OF_UNIT, Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name
from daybook.foundation.terms.languages import language_name

from ..models import Told
from ..vocabulary import AnsweredHow

WING = Compartment.WING


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody who objected was answered, and how they were told."""

    key: UUID
    words: str
    on: date
    by: str
    language: str
    how: str

    @property
    def told_how(self) -> str:
        return f"{language_name(self.language)}, {AnsweredHow(self.how).label}"


@dataclass(frozen=True, slots=True)
class WasTold:
    """That somebody was told what is written about them, and what they said to it."""

    key: UUID
    person_id: int
    on: date
    language: str
    by: str
    with_interpreter: bool
    said: str
    objects: bool
    answer: Answered | None

    @property
    def waits(self) -> bool:
        """Whether an answer is owed."""
        return self.objects and self.answer is None

    @property
    def told_in(self) -> str:
        return language_name(self.language)


def told(person_id: int, *, viewer: Viewer) -> list[WasTold]:
    """Each time the person was told, latest first."""
    rows = Told.objects.filter(person_id=person_id)
    return _told(rows, viewer=viewer, order=("-told_on", "-id"))


def objection(told_id: UUID, *, viewer: Viewer) -> WasTold:
    """One objection, with its answer if it has one; 404 for anything else."""
    for found in _told(Told.objects.filter(id=told_id, objects_to_it=True), viewer=viewer):
        return found
    raise Http404


def waiting_for_an_answer(*, viewer: Viewer, limit: int) -> list[WasTold]:
    """Objections that nobody has answered, the longest waiting first."""
    rows = Told.objects.filter(objects_to_it=True, answer__isnull=True)
    return _told(rows, viewer=viewer, limit=limit)


@dataclass(frozen=True, slots=True)
class Answerer:
    staff_id: int
    name: str


def who_answers(unit_id: int | None) -> list[Answerer]:
    """Those who lead a unit, and so owe its people an answer, by family name.

    Where nobody is head of the unit, the establishment's duty managers.
    """
    now = timezone.now()
    in_force = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), since__lte=now, staff__is_active=True
    )
    led = Q(role=HEAD_OF_UNIT.key, unit_id=unit_id)
    managed = Q(role=DUTY_MANAGER.key, establishment__units=unit_id)
    rows = (
        in_force.filter(led | managed)
        .order_by("staff__family_name", "staff__given_name", "staff_id")
        .values_list("role", "staff_id", "staff__given_name", "staff__family_name")
        .distinct()
    )
    found = [
        (role == HEAD_OF_UNIT.key, Answerer(staff, short_name(given, family)))
        for role, staff, given, family in rows
    ]
    heads = [each for is_head, each in found if is_head]
    return list(dict.fromkeys(heads or [each for _, each in found]))


_FIELDS = (
    "id", "person_id", "told_on", "language", "told_by__given_name", "told_by__family_name",
    "with_interpreter", "said", "objects_to_it",
)  # fmt: skip
_ANSWER = (
    "answer__id", "answer__words", "answer__answered_on", "answer__answered_by__given_name",
    "answer__answered_by__family_name", "answer__language", "answer__how",
)  # fmt: skip


def _told(
    rows: QuerySet[Told],
    *,
    viewer: Viewer,
    order: tuple[str, ...] = ("told_on", "id"),
    limit: int | None = None,
) -> list[WasTold]:
    """One read: whoever sees what was told sees the answer, by the same wall."""
    reached = scope(rows, viewer=viewer, compartment=WING).order_by(*order)
    found = []
    for row in reached.values_list(*_FIELDS, *_ANSWER)[:limit]:
        key, person, on, language, given, family, interpreted, said, objects, *answer = row
        by = short_name(given, family)
        found.append(
            WasTold(key, person, on, language, by, interpreted, said, objects, _answered(*answer))
        )
    viewer.saw("what was told", [each.person_id for each in found])
    return found


def _answered(
    key: UUID | None, words: str, on: date, given: str, family: str, language: str, how: str
) -> Answered | None:
    return Answered(key, words, on, short_name(given, family), language, how) if key else None
