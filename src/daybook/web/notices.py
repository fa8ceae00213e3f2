"""Telling somebody that a way into their account was changed: perhaps it was not they."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind

# Urgent: nobody can wish them away, who came in with somebody else's password.
WAY_ADDED = NoticeKind("way-in-added", _("A way to sign in was added to your account"), urgent=True)
WAY_REMOVED = NoticeKind(
    "way-in-removed", _("A way to sign in was taken from your account"), urgent=True
)
WAYS_RESET = NoticeKind(
    "ways-in-reset", _("Your second factor was reset by whoever looks after accounts"), urgent=True
)
KINDS = (WAY_ADDED, WAY_REMOVED, WAYS_RESET)


def tell(kind: NoticeKind, staff_id: int, *, by: Viewer) -> None:
    notify(by=by, kind=kind.slug, staff_ids=[staff_id], path=reverse("how-i-sign-in"))


@transaction.atomic
def tell_from_the_desk(kind: NoticeKind, staff_id: int) -> None:
    """The same where nobody is looking: in the door, or by a command."""
    with at_the_desk() as clerk:
        tell(kind, staff_id, by=clerk)
