"""How long a question waits, and how that is said: for any days at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.observe.information.rules.outside import (
    LONGEST_ANSWER,
    LONGEST_CONDITIONS,
    LONGEST_WAIT,
    TOLD_AFTER,
    Standing,
    Unanswered,
    account_in_words,
    age_in_words,
    by_service,
    counts_in_words,
    problem_with_due,
    standing,
)
from daybook.observe.information.vocabulary import Way

TODAY = date(2026, 11, 28)
DAYS = st.dates(date(2020, 1, 1), date(2032, 1, 1))


@pytest.mark.parametrize(
    ("asked", "due", "said"),
    [
        (23, -9, "asked 23 days ago, expected 9 days ago"),
        (1, 13, "asked yesterday, expected in 13 days"),
        (0, 0, "asked today, expected today"),
        (2, -1, "asked 2 days ago, expected yesterday"),
        (3, 1, "asked 3 days ago, expected tomorrow"),
    ],
)
def test_the_age_of_a_question_is_said_in_words(asked: int, due: int, said: str) -> None:
    day = timedelta(days=1)
    assert age_in_words("out", TODAY - asked * day, TODAY + due * day, today=TODAY) == said
    theirs = age_in_words("in", TODAY - asked * day, TODAY + due * day, today=TODAY)
    assert theirs == f"they {said}"


@given(due_on=DAYS, answered=st.booleans(), today=DAYS, later=st.integers(0, 900))
def test_a_question_only_ever_gets_older_until_it_is_answered(
    due_on: date, answered: bool, today: date, later: int
) -> None:
    order = list(Standing)
    now = standing(due_on, answered=answered, today=today)
    then = standing(due_on, answered=answered, today=today + timedelta(days=later))
    assert order.index(then) >= order.index(now)
    assert (now is Standing.ANSWERED) == answered
    assert answered or (now is Standing.LATE) == (due_on < today)


@given(due_on=DAYS, today=DAYS)
def test_an_answer_is_expected_from_today_to_half_a_year_on(due_on: date, today: date) -> None:
    fits = today <= due_on <= today + LONGEST_WAIT
    assert (problem_with_due(due_on, today=today) == "") == fits


@given(
    found=st.lists(
        st.builds(
            Unanswered,
            way=st.sampled_from(["out", "in"]),
            agency=st.sampled_from(
                ["Police", "police ", "POLICE", "Social  services", "Probation"]
            ),
            asked_on=DAYS,
            due_on=DAYS,
        )
    ),
    today=DAYS,
)
def test_no_question_is_lost_or_counted_twice(found: list[Unanswered], today: date) -> None:
    for way in Way:
        lines, ours = by_service(found, way, today=today), [e for e in found if e.way == way]
        assert sum(line.waits for line in lines) == len(ours)
        assert sum(line.late for line in lines) == sum(e.due_on < today for e in ours)
        assert sum(line.long for line in lines) == sum(
            e.asked_on < today - TOLD_AFTER for e in ours
        )
        assert [line.oldest_on for line in lines] == sorted(line.oldest_on for line in lines)
        assert len({line.agency.split()[0].casefold() for line in lines}) == len(lines)
        assert counts_in_words(lines, way).endswith(".")


def test_an_answer_fits_beside_a_concern_with_its_conditions() -> None:
    assert len(account_in_words("x" * LONGEST_ANSWER, "y" * LONGEST_CONDITIONS)) < 3000
    assert account_in_words("Nothing.", "") == "Nothing."
