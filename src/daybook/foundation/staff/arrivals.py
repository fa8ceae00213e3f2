"""In the door: somebody has shown one thing, and is asked for a second before anything opens.

Who it is stays in the session of a browser that nobody is signed in at, for a few minutes.
"""

import time
from dataclasses import dataclass

from django.http import HttpRequest

from daybook.foundation.audit.actions import record_apart
from daybook.foundation.audit.models import Kind

from .actions import end_sign_in
from .codes import which_code
from .door import SESSION_KEY
from .keys import whose_key
from .models import Second, Staff
from .tries import A_FACTOR, count, was_right

ARRIVING = "daybook_arriving"
PATIENCE = 10 * 60


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who stands in the door, how they came, and where they go on to."""

    staff: Staff
    through: str
    then: str


def arrive(request: HttpRequest, staff: Staff, *, through: str, then: str) -> None:
    """Remember who has shown one thing; whoever sat here is signed out."""
    if key := request.session.get(SESSION_KEY):
        end_sign_in(key=key)
    # What somebody else may have planted in this browser knows nothing of what follows.
    request.session.cycle_key()
    request.session[ARRIVING] = {
        "staff": staff.pk,
        "password": staff.get_session_auth_hash(),
        "through": through,
        "then": then,
        "at": time.time(),
    }


def arriving(request: HttpRequest) -> Arrival | None:
    """Who stands in the door of this browser; None if nobody does, or not any more."""
    kept = request.session.get(ARRIVING)
    if not kept or time.time() - kept["at"] > PATIENCE:
        return None
    staff = Staff.objects.filter(pk=kept["staff"], is_active=True).first()
    if staff is None or staff.get_session_auth_hash() != kept["password"]:
        return None
    return Arrival(staff, kept["through"], kept["then"])


def turn_back(request: HttpRequest) -> None:
    """Nobody stands in the door any more."""
    request.session.pop(ARRIVING, None)


def shown(request: HttpRequest, staff: Staff, *, code: str = "", key: str = "") -> Second:
    """Which second factor was shown, if it is theirs. Raises ``tries.MustWait``."""
    counted = ((A_FACTOR, staff.pk),)
    count(counted)
    if key:
        second = Second.KEY if whose_key(request, key, staff) else Second.NOTHING
    else:
        second = which_code(staff, code)
    if second is Second.NOTHING:
        record_apart(by=None, kind=Kind.DENIAL, subject="second factor refused", record=staff.key)
    else:
        was_right(counted)
    return second
