"""How long, how often, and what a reason must be."""

from datetime import timedelta

from django.utils.translation import gettext as _

LASTS = timedelta(hours=3)
MOST_A_DAY = 5
"""So many records one member of staff opens in 24 hours. The database holds it, too."""
SHORTEST_REASON = 12


def problem_with_reason(reason: str) -> str:
    """What is wrong with the words that say why, or nothing."""
    letters = sum(letter.isalnum() for letter in reason)
    if letters < SHORTEST_REASON:
        return _("Say in a sentence why you need it now: whoever reviews it asks you about it.")
    return ""
