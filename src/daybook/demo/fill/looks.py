"""Who read about the people on a case in the last days, as the log would have it."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.audit.actions import COLUMNS
from daybook.foundation.audit.bulk import copy_rows
from daybook.foundation.audit.models import Entry, Kind
from daybook.foundation.cases.models import Case
from daybook.foundation.people.models import Stay
from daybook.foundation.registry.keys import new_key

from .keys import Filling

DAYS = 12
PAGES = {
    True: ("reflections:person: names, reflections", ["identity", "safety", "wing"]),
    False: ("reflections:board: names", ["identity", "wing"]),
}


def fill(filling: Filling) -> None:
    """Each day the wing's officers saw them on a list, and some of them opened the page."""
    now = timezone.now()
    on_case = set(Case.objects.filter(closed_at__isnull=True).values_list("person_id", flat=True))
    living = Stay.objects.filter(ended_at__isnull=True).values_list("unit_id", "person_id")
    here: dict[int, list[int]] = {}
    for unit, person in living:
        here.setdefault(unit, []).append(person)
    staff = Assignment.objects.filter(until__isnull=True, unit_id__isnull=False)
    held = list(staff.order_by("id").values_list("staff__key", "role", "unit_id"))
    rows = []
    for back in range(DAYS):
        for turn, (key, role, unit) in enumerate(held):
            people = sorted(on_case.intersection(here.get(unit, ())))
            if not people or (turn + back) % 3:
                continue
            at = now - timedelta(days=back, minutes=20 + 37 * (turn % 9))
            ground = f"{role} unit {unit}"
            rows.append(_row(key, at, ground, sorted(here[unit]), alone=False))
            if (turn + back) % 2 == 0:
                rows.append(_row(key, at, ground, [people[turn % len(people)]], alone=True))
    copy_rows(Entry, COLUMNS, rows)


def _row(
    key: UUID, at: object, ground: str, people: list[int], *, alone: bool
) -> tuple[object, ...]:
    subject, compartments = PAGES[alone]
    return (
        new_key(), at, key, None, Kind.CONSULTATION.value, subject, "", people, compartments,
        [ground], "", "", "", None,
    )  # fmt: skip
