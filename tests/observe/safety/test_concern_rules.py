"""Pure: when it is whose turn to answer, and what is said of it."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.foundation.access.roles import (
    ACTIVITY_STAFF,
    DUTY_MANAGER,
    GOVERNOR,
    HEAD_OF_UNIT,
    ON_CALL_CARE,
    WING_OFFICER,
)
from daybook.observe.safety.rules.concerns import (
    OnDuty,
    clock_in_words,
    concern_first,
    names_of_calls,
    noticed_by_clock,
    off_duty,
    step_due,
    times_again,
)
from daybook.observe.safety.rules.plans import every, is_late, is_told, next_look, plan_first
from daybook.observe.safety.rules.turns import problem_with_turn
from daybook.observe.safety.vocabulary import Duty, Step

AT = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
FIVE = timedelta(minutes=5)
MINUTES = st.floats(0, 60 * 24 * 30)
SPAN = st.integers(1, 60).map(lambda minutes: timedelta(minutes=minutes))


def after(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def care(staff: int, until: datetime | None = AT) -> OnDuty:
    return OnDuty(staff, Duty.CARE, f"A. {staff}", "", until)


@pytest.mark.parametrize(
    ("minutes", "step"),
    [(0, "called"), (4.9, "called"), (5, "again"), (9.9, "again"), (10, "everybody")],
)
def test_the_call_goes_further_as_nobody_answers(minutes: float, step: str) -> None:
    assert step_due(AT, now=after(minutes), within=FIVE) == step


@given(MINUTES, MINUTES, SPAN)
def test_the_call_never_goes_back(one: float, other: float, within: timedelta) -> None:
    steps, (early, late) = list(Step), sorted((one, other))
    first, second = (step_due(AT, now=after(each), within=within) for each in (early, late))
    assert steps.index(first) <= steps.index(second)


@given(MINUTES, SPAN)
def test_everybody_is_called_every_ten_minutes_until_somebody_answers(
    minutes: float, within: timedelta
) -> None:
    now = after(minutes)
    again = times_again(AT, now=now, within=within)
    assert times_again(AT, now=now + timedelta(minutes=10), within=within) == again + 1 or (
        step_due(AT, now=now, within=within) != Step.EVERYBODY
    )


@given(MINUTES, SPAN)
def test_whoever_answers_settles_every_call_that_was_made(
    minutes: float, within: timedelta
) -> None:
    key = uuid.uuid4()
    settled = names_of_calls(key, AT, now=after(minutes), within=within)
    assert len(settled) == len(set(settled))
    for earlier in (0, minutes / 2, minutes):
        then = after(earlier)
        number = times_again(AT, now=then, within=within)
        step = step_due(AT, now=then, within=within)
        name = f"concern:{key}:{step}" + (f":{number}" if number else "")
        assert name in settled


def test_off_duty_are_those_who_answer_by_duty_alone_while_others_are_on() -> None:
    assert off_duty(1, [ON_CALL_CARE], [care(2)])
    assert off_duty(1, [ON_CALL_CARE, DUTY_MANAGER], [care(2)])
    assert not off_duty(1, [ON_CALL_CARE], [care(1), care(2)])
    assert not off_duty(1, [ON_CALL_CARE], [])
    assert not off_duty(1, [ON_CALL_CARE], [care(2, until=None)])
    for works_there in (WING_OFFICER, HEAD_OF_UNIT):
        assert not off_duty(1, [ON_CALL_CARE, works_there], [care(2)])
    # Reading is not answering.
    assert off_duty(1, [ON_CALL_CARE, GOVERNOR, ACTIVITY_STAFF], [care(2)])


def test_a_wrong_clock_is_kept_and_said_and_nonsense_is_no_clock() -> None:
    yesterday = AT - timedelta(days=1)
    assert noticed_by_clock(yesterday, now=AT) == yesterday
    assert "11 March" in clock_in_words(yesterday, AT)
    assert clock_in_words(AT - timedelta(minutes=9), AT) == ""
    for nonsense in (None, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        assert noticed_by_clock(nonsense, now=AT) == AT


def test_what_stands_first_says_who_is_on_it() -> None:
    assert concern_first("looks unwell", "") == (
        "Concern for safety: looks unwell. Nobody has taken it up yet."
    )
    assert concern_first("looks unwell", "A. Novak").endswith("A. Novak is on it.")


# ---- Plans ----


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "every 1 minute"), (30, "every 30 minutes"), (60, "every hour"),
     (240, "every 4 hours"), (1440, "once a day")],
)  # fmt: skip
def test_how_often_is_said_as_people_say_it(minutes: int, words: str) -> None:
    assert every(minutes) == words


def test_a_plan_says_at_the_door_when_to_look_in() -> None:
    here = AT - timedelta(hours=1)  # The tests' clocks stand an hour ahead of UTC in March.
    said = plan_first(30, here, looked_in=True, now=here)
    assert said == "Keep safe: every 30 minutes, last looked in 14:00, next by 14:30."
    late = plan_first(30, here, looked_in=True, now=here + timedelta(minutes=31))
    assert late == "Keep safe: look in now. Last looked in 14:00, was due 14:30."
    assert plan_first(60, here, looked_in=False, now=here) == (
        "Keep safe: every hour, first by 15:00."
    )


@given(st.integers(5, 1440), st.floats(0, 5000))
def test_late_comes_first_and_told_after_as_much_again(minutes: int, waited: float) -> None:
    now = after(waited)
    assert is_late(AT, minutes, now=now) == (now > next_look(AT, minutes))
    assert not is_told(AT, minutes, now=now) or is_late(AT, minutes, now=now)


# ---- Turns ----


@pytest.mark.parametrize(
    ("since", "until", "why_not"),
    [
        (0, 480, ""),
        (480, 0, "ends before it begins"),
        (-600, -60, "over already"),
        (0, 60 * 24 * 8, "a week at most"),
        (-60 * 13, 60, "not rewritten"),
        (60 * 24 * 61, 60 * 24 * 61 + 60, "nearer to the day"),
        (60, 120, "at that time already"),
        (200, 480, ""),
    ],
)
def test_a_turn_that_cannot_be_is_refused_in_plain_words(
    since: int, until: int, why_not: str
) -> None:
    there = [(after(-100), after(-50)), (after(30), after(90))] if why_not else []
    said = problem_with_turn(after(since), after(until), there, now=AT)
    assert why_not in said
    assert bool(said) is bool(why_not)
