"""Turns of duty: what can be set down, so that it is always plain who answers now."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

LONGEST = timedelta(days=7)
FURTHEST_BACK = timedelta(hours=12)
FURTHEST_AHEAD = timedelta(days=60)
CALLED_OFF = timedelta(seconds=1)
"""A turn ends after it begins: one that never came lasted so long."""


def problem_with_turn(
    since: datetime,
    until: datetime,
    others: Iterable[tuple[datetime, datetime]],
    *,
    now: datetime,
) -> str:
    """Why a turn can't be so, as a sentence; else nothing.

    ``others``: the turns that the same colleague has of the same duty in the same place.
    """
    if until <= since:
        return _("It ends before it begins. Look at the days and the times.")
    if until <= now:
        return _("It would be over already. Set an end that is still ahead.")
    if until - since > LONGEST:
        return _("A turn lasts a week at most. Set an earlier end, then the next turn.")
    if since < now - FURTHEST_BACK:
        return _("Begin it today: who was on duty before is not rewritten.")
    if since > now + FURTHEST_AHEAD:
        return _("Set it nearer to the day: this is more than two months ahead.")
    if any(begins < until and since < ends for begins, ends in others):
        return _("They have this duty at that time already. End that turn first, or change this.")
    return ""
