"""What the exchange with outside services tells the home page: what waits too long."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import Due

from .outside import asked_of_us_and_due


def asked_of_us(*, viewer: Viewer) -> Iterator[Due]:
    """For the desk: questions of others whose day has come."""
    for line in asked_of_us_and_due(viewer=viewer):
        yield Due(
            line.due_on,
            _("A question of {agency} to answer").format(agency=line.agency),
            reverse("information:enquiry", args=[line.key]),
            line.person.id,
        )


def never_answered(rows: Iterable[tuple[str, Any, Any, datetime]]) -> Iterator[Due]:
    """For who leads the place: one line where what we asked has waited for more than a month.

    ``rows`` are those of ``daybook.information_waits()``.
    """
    long = [since for sort, _key, _person, since in rows if sort == "unanswered"]
    if long:
        words = ngettext(
            "%(n)d question to an outside service without an answer for over a month",
            "%(n)d questions to outside services without an answer for over a month",
            len(long),
        ) % {"n": len(long)}
        on = timezone.localtime(min(long)).date()
        yield Due(on, words, reverse("information:unanswered"))
