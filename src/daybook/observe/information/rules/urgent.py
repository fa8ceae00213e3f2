"""Acting at once on what is unconfirmed: for how long, who reviews it and when."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.ui.words import day_words

LONGEST = timedelta(hours=24)
OFFERED = (4, 12, 24)
"""Hours that a duty manager chooses from."""
READ_FOR = timedelta(hours=24)
"""So long a duty manager reads what the desk showed them."""


class Review(StrEnum):
    """Where the review of an urgent step stands. It comes the day after, by somebody else."""

    NOT_YET = "not-yet"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"


def holds(until: datetime, *, now: datetime) -> bool:
    """Whether the step still holds. The clock ends it, and nobody renews it."""
    return now < until


def review_stands(review_on: date, *, reviewed: bool, now: datetime) -> Review:
    if reviewed:
        return Review.DONE
    today = localtime(now).date()
    if today < review_on:
        return Review.NOT_YET
    return Review.DUE if today == review_on else Review.OVERDUE


def state_in_words(until: datetime, review: Review, *, now: datetime) -> str:
    """Where it stands, for its page and for beside the person."""
    at = day_words(until, within=True)
    said = (
        _("Holds until {at}, and ends by itself.")
        if holds(until, now=now)
        else _("It ended {at}, by itself.")
    ).format(at=at)
    then = {
        Review.NOT_YET: _("Somebody else who leads reviews it tomorrow."),
        Review.DUE: _("Somebody else who leads reviews it today."),
        Review.OVERDUE: _("Its review is overdue."),
        Review.DONE: _("It was reviewed."),
    }
    return f"{said} {then[review]}"


def review_day(decided_at: datetime) -> date:
    """The day after, by the clock on the wall."""
    return localtime(decided_at).date() + timedelta(days=1)


def problem_with_length(lasts: timedelta) -> str:
    """What is wrong with how long it is to last, or nothing."""
    if lasts <= timedelta():
        return _("It has to end later than now.")
    if lasts > LONGEST:
        return _(
            "Twenty-four hours at most: this is unconfirmed. What is needed for longer is an "
            "ordinary decision, made in safety or by a meeting."
        )
    return ""


def problem_with_review(
    *, review_on: date, decided_by: int, reviewer: int, now: datetime
) -> str:  # fmt: skip
    """Why this colleague can't review it now, or nothing."""
    if reviewer == decided_by:
        return _("You decided it, so somebody else who leads reviews it.")
    if localtime(now).date() < review_on:
        return _("It is reviewed from tomorrow on.")
    return ""


# ---- What a review found ----

RIGHT = (
    ("right", gettext_lazy("it was right, as far as could be known")),
    ("milder", gettext_lazy("a milder step would have done")),
    ("wrong", gettext_lazy("it was not needed")),
)
LONGEST_FOUND, LONGEST_LEFT = 500, 350


def review_in_words(right: str, found: str, left: str) -> str:
    """The three answers of a review as one text that is kept."""
    said = str(dict(RIGHT)[right])
    return _("{found}\nWas it right: {right}.\nWhat stays, and by which decision: {left}").format(
        found=found, right=said, left=left
    )
