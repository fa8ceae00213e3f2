"""What makes a report: harm that somebody did, pressed for or prepared. Nothing else is one."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

PRACTICE = "practice"
"""What a writer chooses who saw nothing but how somebody believes, dresses, eats, speaks or
thinks. It is no behaviour of ours: nothing of it is kept, and the reason is said."""
OLDEST = timedelta(days=60)
"""What is older than this is told in the person's record, where it can be answered."""


def problem_with_day(happened_on: date, *, today: date) -> str:
    """What is wrong with the day it happened, or nothing."""
    if happened_on > today:
        return _("That day is still to come. Choose today or a day before.")
    if happened_on < today - OLDEST:
        return _("That is too long ago to act on. Speak with the case lead about it instead.")
    return ""


def regime_in_words(
    *,
    unit: str,
    usual: str,
    staff_present: int | None,
    staff_needed: int | None,
    hours_out: float | None,
    hours_locked_down: float | None,
    happened: tuple[str, ...],
) -> str:
    """What the day was like for everyone on the unit, in a few sentences; empty if unknown."""
    said = [f"{unit}: {usual.rstrip('.')}."] if usual else []
    if staff_present is not None and staff_needed is not None:
        said.append(
            _("%(present)d of %(needed)d staff were there.")
            % {"present": staff_present, "needed": staff_needed}
        )
    if hours_out is not None:
        said.append(_("Hours out of cell: %(hours)g.") % {"hours": hours_out})
    if hours_locked_down:
        said.append(_("Hours of unplanned lock-down: %(hours)g.") % {"hours": hours_locked_down})
    said += [each if each.endswith(".") else f"{each}." for each in happened if each]
    return " ".join(said)
