"""An urgent step ends by itself, and its review comes the day after, by somebody else."""

from datetime import UTC, datetime, timedelta

from django.utils.timezone import localtime
from hypothesis import given
from hypothesis import strategies as st

from daybook.observe.information.models import Protection
from daybook.observe.information.rules.urgent import (
    LONGEST,
    LONGEST_FOUND,
    LONGEST_LEFT,
    OFFERED,
    RIGHT,
    Review,
    holds,
    problem_with_length,
    problem_with_review,
    review_day,
    review_in_words,
    review_stands,
    state_in_words,
)

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.timedeltas(timedelta(days=-3), timedelta(days=3))


@given(lasts=SPANS)
def test_a_day_at_most_and_never_backwards(lasts: timedelta) -> None:
    assert (problem_with_length(lasts) == "") == (timedelta() < lasts <= LONGEST)
    assert all(problem_with_length(timedelta(hours=n)) == "" for n in OFFERED)


@given(decided=MOMENTS, lasts=st.timedeltas(timedelta(minutes=1), LONGEST), after=SPANS)
def test_it_never_holds_beyond_a_day_and_never_again(
    decided: datetime, lasts: timedelta, after: timedelta
) -> None:
    until, now = decided + lasts, decided + after
    assert not holds(until, now=decided + LONGEST)
    if not holds(until, now=now):
        assert not holds(until, now=now + timedelta(days=1))


@given(decided=MOMENTS, after=st.timedeltas(timedelta(), timedelta(days=4)), done=st.booleans())
def test_the_review_comes_the_day_after_and_then_only_waits(
    decided: datetime, after: timedelta, done: bool
) -> None:
    day, now = review_day(decided), decided + after
    assert day == localtime(decided).date() + timedelta(days=1)
    stands = review_stands(day, reviewed=done, now=now)
    assert (stands is Review.DONE) == done
    if not done:
        order = list(Review)
        later = review_stands(day, reviewed=False, now=now + timedelta(days=1))
        assert order.index(later) >= order.index(stands)
        assert (stands is Review.NOT_YET) == (localtime(now).date() == localtime(decided).date())
    assert state_in_words(decided + LONGEST, stands, now=now).endswith(".")


@given(decided=MOMENTS, after=SPANS, one=st.integers(1, 3), other=st.integers(1, 3))
def test_nobody_reviews_what_they_decided_nor_before_its_day(
    decided: datetime, after: timedelta, one: int, other: int
) -> None:
    day, now = review_day(decided), decided + after
    problem = problem_with_review(review_on=day, decided_by=one, reviewer=other, now=now)
    assert (problem == "") == (one != other and localtime(now).date() >= day)


def test_a_review_fits_its_column() -> None:
    longest = Protection._meta.get_field("reviewed_words").max_length
    for right, _label in RIGHT:
        said = review_in_words(right, "x" * LONGEST_FOUND, "y" * LONGEST_LEFT)
        assert len(said) < longest
