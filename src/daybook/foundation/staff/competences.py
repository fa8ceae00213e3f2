"""What colleagues are trained for now: asked by whoever lets somebody sign."""

from collections.abc import Collection
from datetime import date

from .models import Competence


def current(staff_id: int, *, on: date) -> frozenset[str]:
    """The competences that a member of staff holds on a day."""
    rows = Competence.objects.filter(
        staff_id=staff_id, since__lte=on, until__gte=on, ended_at__isnull=True
    )
    return frozenset(rows.values_list("key", flat=True))


def holders(keys: Collection[str], *, on: date) -> dict[int, frozenset[str]]:
    """Who holds which of these competences on a day: one question for a whole list."""
    rows = Competence.objects.filter(
        key__in=keys, since__lte=on, until__gte=on, ended_at__isnull=True, staff__is_active=True
    )
    found: dict[int, set[str]] = {}
    for staff, key in rows.values_list("staff_id", "key"):
        found.setdefault(staff, set()).add(key)
    return {staff: frozenset(each) for staff, each in found.items()}
