"""Who leads a place, and so answers for what can't be kept there, or was not looked at."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import DUTY_MANAGER, GOVERNOR, HEAD_OF_UNIT


def heads_of(unit_id: int) -> set[int]:
    """Keys of those who are head of a unit now; where nobody is, of its duty managers."""
    heads = _holding(Q(role=HEAD_OF_UNIT.key, unit_id=unit_id))
    return heads or _holding(Q(role=DUTY_MANAGER.key, establishment__units=unit_id))


def leaders_above(unit_id: int) -> set[int]:
    """Keys of the governors and duty managers of the unit's establishment."""
    return _holding(Q(role__in=[GOVERNOR.key, DUTY_MANAGER.key], establishment__units=unit_id))


def _holding(which: Q) -> set[int]:
    now = timezone.now()
    rows: Iterable[int] = Assignment.objects.filter(
        which, Q(until__isnull=True) | Q(until__gt=now), since__lte=now, staff__is_active=True
    ).values_list("staff_id", flat=True)
    return set(rows)
