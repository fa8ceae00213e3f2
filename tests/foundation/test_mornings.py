"""What is told in the morning is told in the morning here, summer and winter, once."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from daybook.foundation.duties import tasks
from daybook.foundation.duties.mornings import is_morning
from tests.world import World

HERE = ZoneInfo("Europe/Brussels")


def at(day: date, hour: int) -> int:
    """Five past the hour, by the clock on the wall."""
    return int(datetime.combine(day, time(hour, 5), HERE).timestamp())


@pytest.mark.parametrize(
    "day", [date(2026, 1, 10), date(2026, 3, 29), date(2026, 7, 1), date(2026, 10, 25)]
)
def test_it_is_morning_by_the_clock_on_the_wall(day: date) -> None:
    assert [hour for hour in range(24) if is_morning(at(day, hour))] == list(range(5, 12))


def test_by_hand_it_is_done_at_any_hour() -> None:
    assert is_morning(0)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_stood_still_catches_up_once(world: World) -> None:
    me = world.staff["wing-officer"]
    world.insert(
        "duties_action", id="0199c0de-0000-7000-8000-0000000000aa",
        person_id=world.people["Amir Kaya"], what="Ring his sister.", owner_id=me, raised_by_id=me,
        raised_at=timezone.now(), due_on=timezone.localdate(), source="", effect="", outcome="",
    )  # fmt: skip
    tasks.remind_of_actions(timestamp=at(date(2026, 1, 10), 3))
    told = "select count(*) from duties_notice where kind = 'actions-due'"
    assert world.owner.execute(told).fetchone() == (0,)
    for hour in (9, 10, 11, 23):
        tasks.remind_of_actions(timestamp=at(date(2026, 1, 10), hour))
    assert world.owner.execute(told).fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_tries_of_the_day_before_are_forgotten(world: World) -> None:
    now = timezone.now()
    for of, since in (("old", now - timedelta(days=2)), ("new", now)):
        world.insert("staff_tries", of=of, taken=3, since=since)
    tasks.forget_tries()
    assert world.owner.execute("select of from staff_tries").fetchall() == [("new",)]
