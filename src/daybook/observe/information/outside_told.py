"""What the exchange with outside services tells the home page: what waits too long."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.foundation.access.roles import GOVERNOR
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import Due, waiting

from .queries.outside import asked_of_us_and_due, unanswered
from .rules.outside import TOLD_AFTER
from .vocabulary import Way


def asked_of_us(*, viewer: Viewer) -> Iterator[Due]:
    """For the desk: questions of others whose day has come."""
    for line in asked_of_us_and_due(viewer=viewer):
        yield Due(
            line.due_on,
            _("A question of {agency} to answer").format(agency=line.agency),
            reverse("information:enquiry", args=[line.key]),
            line.person.id,
        )


def never_answered(*, viewer: Viewer) -> Iterator[Due]:
    """For who leads the place: one line where what we asked has waited for more than a month."""
    if not viewer.holds(GOVERNOR):
        return
    before = timezone.localdate() - TOLD_AFTER
    long = [
        each for each in unanswered(viewer=viewer) if each.way == Way.OUT and each.asked_on < before
    ]
    if long:
        words = ngettext(
            "%(n)d question to an outside service without an answer for over a month",
            "%(n)d questions to outside services without an answer for over a month",
            len(long),
        ) % {"n": len(long)}
        yield Due(min(each.asked_on for each in long), words, reverse("information:unanswered"))


def register() -> None:
    waiting.register("questions of outside services", asked_of_us)
    waiting.register("questions never answered", never_answered)
