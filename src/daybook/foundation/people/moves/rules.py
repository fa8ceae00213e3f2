"""When somebody can have moved."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from daybook.ui.words import day_words

LATELY = timedelta(hours=72)
"""How far back a move can still be written; what is older comes with the import."""


def moving_problem(at: datetime, *, came: datetime, now: datetime) -> str:
    """Why somebody who came at ``came`` can't have moved then, or nothing."""
    if at > now:
        return _("That time is still to come. Write it once they have moved.")
    if at < now - LATELY:
        return _("Choose a time within the last 72 hours.")
    if at <= came:
        return _("They came here %(when)s. Choose a time after that.") % {
            "when": day_words(came, within=True)
        }
    return ""
