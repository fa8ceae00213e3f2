"""What happens when somebody signs in, signs out, or fails to: the log hears of each."""

from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, authenticate, login
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from daybook.foundation.audit.actions import record_apart
from daybook.foundation.audit.models import Kind

from .actions import begin_sign_in, end_sign_in
from .badges import badge_with, forgive, opens
from .desks import desk_of, locks_after
from .factors import not_proved, proved
from .keys import whose_key
from .models import Second, Staff
from .tries import A_BADGE, A_DESK, A_NAME, AN_ADDRESS, Counted, address_of, count, was_right

SESSION_KEY = "daybook_sign_in"
CAME = "_daybook_came"
"""Under what a request holds how somebody came, while the door is being opened."""
KEPT_BY = "django.contrib.auth.backends.ModelBackend"


def by_password(request: HttpRequest, username: str, password: str) -> Staff | None:
    """Whose number and password these are, or None. Raises ``tries.MustWait``."""
    desk = desk_of(request)
    # A known desk counts for itself: nobody elsewhere can make a colleague wait there.
    at = (A_NAME, f"{username.lower()} at {desk.key if desk else 'any browser'}")
    counted: Counted = (at,) if desk else (at, (AN_ADDRESS, address_of(request)))
    count(counted)
    staff = authenticate(request, username=username, password=password)
    if not isinstance(staff, Staff):
        return None
    was_right(counted)
    return staff


def by_badge(request: HttpRequest, badge: str, pin: str) -> Staff | None:
    """Whose badge and PIN these are, or None for whatever reason. Raises ``tries.MustWait``."""
    staff = authenticate(request, badge=badge, pin=pin)
    return staff if isinstance(staff, Staff) else None


def by_key(request: HttpRequest, said: str) -> Staff | None:
    """Whose security key answered what this browser asked it. Raises ``tries.MustWait``."""
    desk = desk_of(request)
    counted: Counted = ((A_DESK, desk.key) if desk else (AN_ADDRESS, address_of(request)),)
    count(counted)
    staff = whose_key(request, said)
    if staff is None or not staff.is_active:
        record_apart(
            by=None,
            kind=Kind.DENIAL,
            subject=f"key refused at {desk}" if desk else "key refused",
            record=staff.key if staff else "",
        )
        return None
    was_right(counted)
    return staff


def come_in(
    request: HttpRequest, staff: Staff, *, through: str, second: Second = Second.NOTHING
) -> None:
    """Open the door to whoever has shown who they are; whoever was here before is signed out."""
    if key := request.session.get(SESSION_KEY):
        end_sign_in(key=key)
    setattr(request, CAME, (through, second))
    login(request, staff, backend=KEPT_BY)
    if through == "badge" and second is Second.NOTHING:
        not_proved(request)
    else:
        proved(request)


class Badges(ModelBackend):
    """Lets in by badge and PIN, at a known desk and nowhere else."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest, badge: str, pin: str
    ) -> Staff | None:
        desk = desk_of(request)
        found = badge_with(badge) if desk else None
        subject = f"badge refused at {desk}" if desk else "badge refused: no known desk"
        if desk:
            # A code that nobody has waits as well, or waiting would tell which there are.
            counted = ((A_DESK, desk.key), (A_BADGE, found.pk if found else badge))
            count(counted)
            if opens(found, pin) and found:
                was_right(counted)
                return found.staff
        record_apart(
            by=None, kind=Kind.DENIAL, subject=subject, record=found.staff.key if found else ""
        )
        return None


def stay(request: HttpRequest, staff: Staff) -> None:
    """Whoever sits here stays signed in, though what is kept of their password has changed."""
    request.session[HASH_SESSION_KEY] = staff.get_session_auth_hash()


def watch() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="daybook.door.in")
    user_logged_out.connect(_signed_out, dispatch_uid="daybook.door.out")
    user_login_failed.connect(_turned_away, dispatch_uid="daybook.door.failed")


def _signed_in(sender: object, request: HttpRequest, user: Staff, **_: Any) -> None:
    through, second = getattr(request, CAME, ("web", Second.NOTHING))
    desk = desk_of(request)
    if through != "badge":
        forgive(user)
    sign_in = begin_sign_in(
        staff=user, through=through, second=second, desk=desk, locks_after=locks_after(desk)
    )
    request.session[SESSION_KEY] = str(sign_in.key)


def _signed_out(sender: object, request: HttpRequest, user: Staff | None, **_: Any) -> None:
    if key := request.session.get(SESSION_KEY):
        end_sign_in(key=key)


def _turned_away(sender: object, credentials: dict[str, Any], **_: Any) -> None:
    # What was typed may be a password in the wrong box: it is never kept.
    if "badge" not in credentials:
        record_apart(by=None, kind=Kind.DENIAL, subject="sign-in failed")
