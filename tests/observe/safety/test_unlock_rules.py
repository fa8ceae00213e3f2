"""What is said at a door, and who decides that it ends."""

from datetime import date, timedelta

import pytest

from daybook.foundation.access.roles import ROLES
from daybook.observe.safety.rules.unlock import (
    LATE,
    LONGEST,
    Other,
    at_the_door,
    cannot_be_kept_apart,
    decides,
    problem_with_review,
    review_in_words,
    told_of_reviews_after,
)

TODAY = date(2026, 3, 12)
BAO = Other(3, "Bao T.", 2, "B wing", "B1-04")


def test_those_who_lead_and_those_who_work_with_somebody_decide() -> None:
    assert {role.key for role in ROLES.values() if decides(role)} == {
        "duty-manager", "head-of-unit", "case-lead", "psychologist", "probation-officer",
        "on-call-care",
    }  # fmt: skip


def test_the_unit_hears_at_once_and_the_establishment_a_week_later() -> None:
    told = {key: told_of_reviews_after(role) for key, role in ROLES.items()}
    assert told["head-of-unit"] == told["case-lead"] == timedelta(0)
    assert told["governor"] == told["duty-manager"] == LATE
    assert told["wing-officer"] is told["activity-staff"] is told["chaplain"] is None


@pytest.mark.parametrize(
    ("days", "wrong"), [(-1, True), (0, True), (1, False), (28, False), (29, True)]
)
def test_a_protection_is_looked_at_again_within_four_weeks(days: int, wrong: bool) -> None:
    assert timedelta(days=28) == LONGEST
    assert bool(problem_with_review(TODAY + timedelta(days=days), today=TODAY)) is wrong


def test_an_overdue_protection_stands() -> None:
    said = review_in_words(TODAY - timedelta(days=3), TODAY)
    assert said == "should have been looked at 3 days ago; it stands"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (at_the_door("staff", "one speaks, one stands back", staff_needed=2),
         "2 staff: one speaks, one stands back"),
        (at_the_door("keep-apart", "showers at other times", other=BAO),
         "Keep apart from Bao T. (B wing B1-04): showers at other times"),
        (at_the_door("keep-apart", "showers at other times"),
         "Keep apart from somebody: showers at other times"),
        (at_the_door("evacuation", "needs an arm"), "Help to get out: needs an arm"),
        (at_the_door("interpreter", "Arabic, by phone"), "Interpreter: Arabic, by phone"),
        (at_the_door("medical", "{kind} of pen"), "Medical need: {kind} of pen"),
    ],
)  # fmt: skip
def test_a_line_says_what_it_is_and_what_staff_do(said: str, words: str) -> None:
    assert said == words


def test_two_who_live_side_by_side_cannot_be_kept_apart() -> None:
    assert cannot_be_kept_apart(BAO, unit_id=1, cell="A1-01") == ""
    assert cannot_be_kept_apart(BAO, unit_id=None, cell="") == ""
    same_unit = cannot_be_kept_apart(BAO, unit_id=2, cell="B1-05")
    assert same_unit == "Both live on B wing: cannot be kept apart here."
    same_cell = cannot_be_kept_apart(BAO, unit_id=2, cell="B1-04")
    assert same_cell == "Both live in B1-04: cannot be kept apart here."
