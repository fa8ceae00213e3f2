"""Whom to write about today, and who has been written about."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from daybook.foundation.access.queries import units_of
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import as_author, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, my_people, people_on
from daybook.foundation.staff.models import short_name

from ..models import Reflection, UsualPattern

WING = Compartment.WING


@dataclass(frozen=True, slots=True)
class Today:
    """That there are entries about somebody today, and by whom: never what they say."""

    mine: datetime | None = None
    others: tuple[str, ...] = ()


def people_to_write_about(*, viewer: Viewer) -> list[PersonLine]:
    """One's own people; for whoever may only write, everyone now on the units they work on."""
    if viewer.may(Right.READ, WING):
        return my_people(viewer=viewer)
    return [
        line
        for unit in units_of(viewer, WING, Right.WRITE)
        for line in people_on(unit.pk, viewer=viewer, right=Right.WRITE, compartment=WING)
    ]


def written_today(people: Collection[int], *, viewer: Viewer) -> dict[int, Today]:
    """For each person with an entry of today: when one's own was saved, and who else wrote.

    Of people about whom the viewer may only write, it tells their own entries and no others.
    """
    rows = Reflection.objects.filter(
        person_id__in=set(people), day=timezone.localdate(), withdrawn_at__isnull=True
    ).order_by("saved_at")
    wanted = ("person_id", "author_id", "saved_at", "author__given_name", "author__family_name")
    found: list[tuple[int, int, datetime, str, str]] = []
    if viewer.may(Right.READ, WING):
        found += scope(rows, viewer=viewer, compartment=WING).values_list(*wanted)
    if not viewer.everywhere and (unread := set(people) - viewer.people(WING)):
        with as_author(viewer):
            found += rows.filter(author_id=viewer.staff_id, person_id__in=unread).values_list(
                *wanted
            )
    mine: dict[int, datetime] = {}
    others: dict[int, dict[str, None]] = defaultdict(dict)
    for person, author, saved_at, given, family in found:
        if author == viewer.staff_id:
            mine[person] = saved_at
        else:
            others[person][short_name(given, family)] = None
    viewer.saw("who wrote today", [person for person, *_ in found])
    return {p: Today(mine.get(p), tuple(others[p])) for p in {*mine, *others}}


def usual_words(people: Iterable[int], *, viewer: Viewer) -> dict[int, str]:
    """What staff know as usual for each of these people, where it is written down."""
    rows = scope(
        UsualPattern.objects.filter(person_id__in=set(people), replaced_at__isnull=True),
        viewer=viewer,
        compartment=WING,
    )
    found = dict(rows.values_list("person_id", "words"))
    viewer.saw("usual patterns", list(found))
    return found
