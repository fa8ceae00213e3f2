"""Two badges with their PINs, so that fast changing at a shared desk can be tried."""

from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import PERSONAL_OFFICER, WING_OFFICER
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.staff.badges import hidden_code, hidden_pin
from daybook.foundation.staff.models import Badge

from .keys import REASON, Filling

CODES = {WING_OFFICER.key: "hedge-robin", PERSONAL_OFFICER.key: "maple-otter"}
PIN = "483921"
"""Fixed and printed, as the password is: for the demo, and nowhere else."""


def fill(filling: Filling) -> None:
    now = timezone.now()
    add_many(
        Badge,
        ("staff_id", "code", "pin", "given_at", "pin_set_at", "wrong_pins"),
        [(staff, hidden_code(code), hidden_pin(PIN), now, now, 0) for staff, code in _holders()],
        by=filling.by,
        reason=REASON,
    )


def badges() -> list[tuple[str, str, str]]:
    """Staff number, code and PIN of each."""
    names = dict(Assignment.objects.values_list("staff_id", "staff__username"))
    return [(names[staff], code, PIN) for staff, code in _holders()]


def _holders() -> list[tuple[int, str]]:
    """The newest officer of each role; a badge each, though many hold both roles."""
    holders: dict[int, str] = {}
    for role, code in CODES.items():
        rows = Assignment.objects.filter(role=role, until__isnull=True).order_by("-staff_id")
        newest = next(s for s in rows.values_list("staff_id", flat=True) if s not in holders)
        holders[newest] = code
    return list(holders.items())
