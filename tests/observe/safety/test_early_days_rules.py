"""When somebody is owed a check-in: a pure rule, also on nights when clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.foundation.registry.events import Turn
from daybook.observe.safety.rules.early_days import (
    carried_on,
    check_ins,
    source_of_next,
    when_in_words,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
ZONES = st.sampled_from(
    [BRUSSELS, ZoneInfo("Europe/Lisbon"), ZoneInfo("America/Sao_Paulo"), ZoneInfo("Asia/Kolkata"),
     ZoneInfo("Australia/Lord_Howe")]
)  # fmt: skip
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
HARD = [turn for turn in Turn if turn is not Turn.ARRIVED]


def at(day: str, hour: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=BRUSSELS)


def arrival(day: str, hour: str) -> list[tuple[str, str, str]]:
    """Occasion, opening and end by the clock of the house."""
    came = at(day, hour)
    return [
        (
            str(each.occasion),
            f"{each.opens_at.astimezone(BRUSSELS):%d %H:%M}",
            f"{each.due_at.astimezone(BRUSSELS):%d %H:%M}",
        )
        for each in check_ins(Turn.ARRIVED, came, told_at=came, zone=BRUSSELS)
    ]


def test_somebody_who_came_in_the_afternoon() -> None:
    assert arrival("2026-11-23", "15:30") == [
        ("first-night", "23 15:30", "23 22:00"),
        ("day-2", "24 06:00", "24 22:00"),
        ("day-3", "25 06:00", "25 22:00"),
        ("day-7", "29 06:00", "29 22:00"),
    ]


@pytest.mark.parametrize(
    ("hour", "due", "second"),
    [
        ("21:00", "23 23:00", "24 06:00"),
        ("22:10", "24 00:10", "24 06:00"),
        ("23:59", "24 01:59", "24 06:00"),
        # The small hours belong to the evening before.
        ("02:00", "23 04:00", "23 06:00"),
    ],
)
def test_at_night_somebody_is_seen_within_two_hours(hour: str, due: str, second: str) -> None:
    first, day_2, *_later = arrival("2026-11-23", hour)
    assert (first[2], day_2[1]) == (due, second)


def test_two_hours_are_two_hours_when_clocks_go_back_and_forward() -> None:
    for day in ("2026-10-24", "2026-03-28"):
        came = at(day, "23:30")
        (first, *_later) = check_ins(Turn.ARRIVED, came, told_at=came, zone=BRUSSELS)
        assert first.due_at - came.astimezone(UTC) == timedelta(hours=2)
    # 01:30 in the night of spring, and two hours on, is 04:30 by the wall clock.
    assert arrival("2026-03-29", "01:30")[0][2] == "29 04:30"
    assert arrival("2026-10-25", "01:30")[0][2] == "25 02:30"


@given(came=MOMENTS, zone=ZONES)
def test_every_arrival_is_seen_soon_and_on_the_second_third_and_seventh_day(
    came: datetime, zone: ZoneInfo
) -> None:
    owed = check_ins(Turn.ARRIVED, came, told_at=came, zone=zone)
    assert [str(each.occasion) for each in owed] == ["first-night", "day-2", "day-3", "day-7"]
    first, *later = owed
    assert first.opens_at == came
    assert timedelta(hours=2) <= first.due_at - came <= timedelta(hours=17)
    local = came.astimezone(zone)
    if local.time() >= time(22) or local.time() < time(6):
        assert first.due_at - came == timedelta(hours=2)
    for each in later:
        opens, ends = each.opens_at.astimezone(zone), each.due_at.astimezone(zone)
        assert opens.date() == ends.date()
        assert (opens.time(), ends.time()) == (time(6), time(22))
        assert each.opens_at > came
    days = [each.opens_at.astimezone(zone).date() for each in later]
    assert [(day - days[0]).days for day in days] == [0, 1, 5]


@given(came=MOMENTS, zone=ZONES, late=st.timedeltas(timedelta(0), timedelta(days=20)))
def test_heard_of_late_only_what_is_ahead_or_just_due_is_opened(
    came: datetime, zone: ZoneInfo, late: timedelta
) -> None:
    told_at = came + late
    owed = check_ins(Turn.ARRIVED, came, told_at=told_at, zone=zone)
    whole = check_ins(Turn.ARRIVED, came, told_at=came, zone=zone)
    if late > timedelta(days=7):
        assert owed == []
    else:
        assert owed == [each for each in whole if told_at - each.due_at < timedelta(days=1)]


def test_of_an_arrival_two_days_ago_the_first_night_is_over() -> None:
    came = at("2026-11-21", "14:00")
    owed = check_ins(Turn.ARRIVED, came, told_at=at("2026-11-23", "10:00"), zone=BRUSSELS)
    assert [str(each.occasion) for each in owed] == ["day-2", "day-3", "day-7"]


@given(
    came=MOMENTS, zone=ZONES, turn=st.sampled_from(HARD),
    late=st.timedeltas(timedelta(0), timedelta(days=7)),
)  # fmt: skip
def test_a_hard_turn_owes_one_check_in_however_late_it_is_heard_of(
    came: datetime, zone: ZoneInfo, turn: Turn, late: timedelta
) -> None:
    told_at = came + late
    (owed,) = check_ins(turn, came, told_at=told_at, zone=zone)
    assert owed.due_at > told_at
    assert owed.opens_at <= told_at
    assert owed.due_at - owed.opens_at >= timedelta(hours=2)
    assert check_ins(turn, came, told_at=came + timedelta(days=7, seconds=1), zone=zone) == []


@given(now=MOMENTS, zone=ZONES)
def test_who_was_away_is_owed_it_until_tomorrow_s_lock_up(now: datetime, zone: ZoneInfo) -> None:
    opens, due = carried_on(now, zone=zone)
    assert opens == now
    assert timedelta(hours=14) < due - now < timedelta(hours=42)
    assert due.astimezone(zone).time() == time(22)


def test_each_carrying_on_has_a_name_of_its_own() -> None:
    assert source_of_next("stay:7") == "stay:7/1"
    assert source_of_next("stay:7/1") == "stay:7/2"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (at("2026-11-22", "10:00"), "from 06:00 tomorrow on"),
        (at("2026-11-23", "10:00"), "by 22:00"),
        (at("2026-11-24", "01:00"), "not done; was due by 22:00 yesterday"),
        (at("2026-11-26", "10:00"), "not done; was due 2 days ago"),
    ],
)
def test_how_it_stands_in_words(now: datetime, words: str) -> None:
    opens, due = at("2026-11-23", "06:00"), at("2026-11-23", "22:00")
    assert when_in_words(opens, due, now=now, zone=BRUSSELS) == words
