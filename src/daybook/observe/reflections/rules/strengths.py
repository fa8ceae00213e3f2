"""Trust: what may follow upon what, and how it is said. Declining is never a mark."""

from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.ui.words import since


class Answer(models.TextChoices):
    """What came of an opportunity."""

    TAKEN = "taken", gettext_lazy("taken up")
    DECLINED = "declined", gettext_lazy("not taken up")
    KEPT = "kept", gettext_lazy("kept")
    GOING_ON = "going-on", gettext_lazy("still going on")


def possible_answers(
    taken_on: date | None, declined_on: date | None, kept_on: date | None
) -> tuple[Answer, ...]:
    """Offered, then taken or not; taken, then kept. There is no answer "broken": words say more."""
    if declined_on or kept_on:
        return ()
    return (Answer.KEPT, Answer.GOING_ON) if taken_on else (Answer.TAKEN, Answer.DECLINED)


def problem_with_day(on: date, *, offered_on: date, today: date) -> str:
    """What is wrong with the day something happened, or nothing."""
    if on > today:
        return _("That day is still to come. Choose today or a day before.")
    if on < offered_on:
        return _("That is before it was offered, %(day)s.") % {"day": since(offered_on, today)}
    return ""


def how_trust_went(
    offered_on: date, taken_on: date | None, declined_on: date | None, kept_on: date | None
) -> str:
    """ "Offered 3 January, taken up, kept": the days say when, the order says the rest."""
    said = [_("Offered %(day)s") % {"day": since(offered_on)}]
    if taken_on:
        said.append(_("taken up"))
    if declined_on:
        said.append(_("not taken up"))
    if kept_on:
        said.append(_("kept"))
    return ", ".join(said)
