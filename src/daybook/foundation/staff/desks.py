"""Desks: browsers that somebody who answers for the wing has made known.

A browser shows that it is one by a signed cookie that pages can't read and that lasts.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .models import Desk

COOKIE = "daybook_desk"
SALT = "daybook.staff.desk"
# As long as browsers keep one; a desk that is used is told anew at every sign-in.
KEPT_FOR = timedelta(days=400)


def desk_of(request: HttpRequest) -> Desk | None:
    """The desk at which the request was made; None anywhere else."""
    key = request.get_signed_cookie(COOKIE, default=None, salt=SALT)
    if key is None:
        return None
    return Desk.objects.filter(key=UUID(key), ended_at__isnull=True).first()


def keep_known(answer: HttpResponse, desk: Desk) -> None:
    """Let the browser that gets this answer show, from now on, that it is this desk."""
    answer.set_signed_cookie(
        COOKIE,
        str(desk.key),
        salt=SALT,
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def locks_after(desk: Desk | None) -> timedelta:
    """How long nobody need touch a browser before it locks."""
    locks: timedelta = settings.LOCKS_AFTER if desk is None else settings.DESK_LOCKS_AFTER
    return locks
