"""Daybook at its own desk: background work signs in, reaches by a role, and is logged, too."""

from collections.abc import Iterator
from contextlib import contextmanager

from daybook.foundation.staff.actions import begin_sign_in, end_sign_in
from daybook.foundation.staff.models import Staff

from .viewer import Viewer, look_as

USERNAME = "daybook"
"""The account of the role ``clerk``. It has no password that opens it."""


class NobodyAtTheDesk(RuntimeError):
    """The clerk's account is missing, closed, or holds no role."""


@contextmanager
def at_the_desk() -> Iterator[Viewer]:
    """Look as the clerk, for the rest of the surrounding transaction."""
    staff = Staff.objects.filter(username=USERNAME, is_active=True).first()
    if staff is None:
        raise NobodyAtTheDesk(
            f"There is no account {USERNAME!r}. Run 'daybook db migrate', which makes it."
        )
    sign_in = begin_sign_in(staff=staff, through="worker")
    viewer = look_as(staff.pk, sign_in.key)
    if viewer is None or not viewer.held:
        raise NobodyAtTheDesk(f"The account {USERNAME!r} holds no role.")
    yield viewer
    end_sign_in(key=sign_in.key, by=viewer)
