"""What must be true of an observation and of the words that answer it."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

LONGEST_AGO = timedelta(days=3 * 366)


def problem_with_day(seen_on: date, *, today: date) -> str:
    """What is wrong with the day on which something was seen, or nothing."""
    if seen_on > today:
        return _("That day is still to come. Choose today or a day before.")
    if seen_on < today - LONGEST_AGO:
        return _("That is more than three years ago. Look at the year again.")
    return ""


def problem_with_outcome(words: str, *, names: Iterable[str]) -> str:
    """Which of these names the words hold, said so that it can be mended; or nothing."""
    # As it is written: "Will" is somebody, "will" is not.
    said = set(re.findall(r"\w+", words))
    for name in names:
        parts = [part for part in re.findall(r"\w+", name) if len(part) > 1]
        if said.intersection(parts):
            return _(
                "These words name %(name)s. The governor and the oversight body read them: say "
                "what was done, and nobody’s name."
            ) % {"name": name}
    return ""
