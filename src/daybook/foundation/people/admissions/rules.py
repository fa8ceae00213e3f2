"""When somebody can have come in."""

from datetime import datetime

from django.utils.translation import gettext as _

from daybook.ui.words import day_words

from ..moves.rules import LATELY


def arriving_problem(at: datetime, *, left: datetime | None, now: datetime) -> str:
    """Why somebody who ``left`` the service once can't have come then, or nothing."""
    if at > now:
        return _("That time is still to come. Write it once they are here.")
    if at < now - LATELY:
        return _("Choose a time within the last 72 hours.")
    if left and at < left:
        return _("They left %(when)s. Choose a time after that.") % {
            "when": day_words(left, within=True)
        }
    return ""
