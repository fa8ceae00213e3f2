"""What happens when somebody signs in, signs out, or fails to: the log hears of each."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from daybook.foundation.audit.actions import record_apart
from daybook.foundation.audit.models import Kind

from .actions import begin_sign_in, end_sign_in
from .models import Staff

SESSION_KEY = "daybook_sign_in"


def watch() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="daybook.door.in")
    user_logged_out.connect(_signed_out, dispatch_uid="daybook.door.out")
    user_login_failed.connect(_turned_away, dispatch_uid="daybook.door.failed")


def _signed_in(sender: object, request: HttpRequest, user: Staff, **_: Any) -> None:
    request.session[SESSION_KEY] = str(begin_sign_in(staff=user).key)


def _signed_out(sender: object, request: HttpRequest, user: Staff | None, **_: Any) -> None:
    if key := request.session.get(SESSION_KEY):
        end_sign_in(key=key)


def _turned_away(sender: object, credentials: dict[str, Any], **_: Any) -> None:
    # What was typed may be a password in the wrong box: it is never kept.
    record_apart(by=None, kind=Kind.DENIAL, subject="sign-in failed")
