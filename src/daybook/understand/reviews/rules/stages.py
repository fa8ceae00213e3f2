"""The stages of a joint review, in the one order they go, and what each asks of whom."""

from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Stage(StrEnum):
    GATHERING = "gathering"
    RATING = "rating"
    OPEN = "open"
    CLOSED = "closed"
    GIVEN_UP = "given-up"


STEPS = (
    (Stage.GATHERING, _("Gather")),
    (Stage.RATING, _("Rate alone")),
    (Stage.OPEN, _("Talk")),
    (Stage.CLOSED, _("Look again")),
)


def stage_of(
    rating_since: datetime | None,
    matrix_since: datetime | None,
    ended_at: datetime | None,
    given_up: bool,
) -> Stage:
    if ended_at is not None:
        return Stage.GIVEN_UP if given_up else Stage.CLOSED
    if matrix_since is not None:
        return Stage.OPEN
    return Stage.RATING if rating_since is not None else Stage.GATHERING


def roles_lack(parts: list[str]) -> bool:
    """Whether fewer than two roles take part: one role alone rates nothing and closes nothing."""
    return len(set(parts)) < 2
