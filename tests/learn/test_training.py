"""How raters use the scales: each reads their own, those who train a whole, and nobody more."""

import html
from datetime import date, timedelta

import numpy as np
import psycopg
import pytest
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.access.roles import ROLES
from daybook.learn.training import rules
from daybook.learn.training.actions import work_out

pytestmark = pytest.mark.django_db(transaction=True)

MONTH = date(2026, 3, 1)


def habit(world, rater, value, *, month=MONTH, channel=1, reach=0.2):
    world.insert(
        "training_habit", rater_id=world.staff[rater], channel_id=channel, month=month,
        establishment_id=world.establishments["north"], habit=value, low=value - reach,
        high=value + reach, method="test",
    )  # fmt: skip


def page(world, who, name):
    answer = world.client(who).get(reverse(f"training:{name}"))
    return answer.status_code, html.unescape(answer.content.decode())


# ---- In words ----


def test_a_window_is_three_whole_months():
    assert rules.window(date(2026, 3, 1)) == (date(2026, 1, 1), date(2026, 3, 31))
    assert rules.window(date(2026, 1, 1)) == (date(2025, 11, 1), date(2026, 1, 31))
    assert rules.last_whole_month(date(2026, 1, 31)) == date(2025, 12, 1)


@given(st.floats(-4, 4), st.floats(0.01, 3))
def test_only_what_chance_hardly_does_is_said_and_its_end_of_the_scale_is_right(value, reach):
    seen = rules.Seen(value, value - reach, value + reach)
    words = rules.in_words(seen, low="calm", high="tense")
    assert ("no difference" in words) is (abs(value) <= reach)
    if seen.is_told:
        assert ("tense" in words, "calm" in words) == (value > 0, value < 0)
        assert "-" not in words


# ---- Who reads what ----


def test_my_page_shows_mine_and_says_where_nothing_can_be_told(world):
    habit(world, "wing-officer", 0.8)
    habit(world, "b-officer", -0.7)
    status, text = page(world, "wing-officer", "my-scale")
    assert status == 200
    assert "About 0.8 steps" in text
    assert "0.7" not in text
    assert "Nothing can be told yet" in text


def test_no_other_role_sees_a_habit_by_any_way(world):
    habit(world, "wing-officer", 0.8)
    for role in ROLES:
        with world.viewing(role), connection.cursor() as cursor:
            cursor.execute("select count(*) from training_habit")
            assert cursor.fetchone()[0] == (role == "wing-officer"), role
            cursor.execute("select count(*) from daybook.how_alike()")
            assert cursor.fetchone()[0] == (role == "training-unit"), role


def test_those_who_train_see_ten_or_nothing(world):
    names = [f"rater{number}" for number in range(10)]
    for number, name in enumerate(names):
        world.add_staff(name, "wing-officer", unit="a")
        if number < 9:
            habit(world, name, 0.1 * number)
    status, text = page(world, "training-unit", "how-alike")
    assert status == 200
    assert "Too few raters" in text
    assert "steps from one another" not in text
    habit(world, names[9], 0.9)
    _, text = page(world, "training-unit", "how-alike")
    assert "10 raters or a few more; they stand about 0.3 steps from one another." in text
    assert not [name for name in names if name.title() in text]
    assert page(world, "governor", "how-alike")[0] == 404


def test_one_more_rater_can_not_be_read_from_the_count(world):
    for number in range(12):
        world.add_staff(f"rater{number}", "wing-officer", unit="a")
        habit(world, f"rater{number}", 0.1)
    with world.viewing("training-unit"), connection.cursor() as cursor:
        cursor.execute("select raters from daybook.how_alike()")
        assert cursor.fetchall() == [(10,)]


def test_how_many_changed_is_told_in_tens(world):
    for number in range(20):
        world.add_staff(f"rater{number}", "wing-officer", unit="a")
        habit(world, f"rater{number}", 0.0, month=date(2025, 12, 1))
        habit(world, f"rater{number}", 1.0 if number < 4 else 0.0)
    _, text = page(world, "training-unit", "how-alike")
    assert "About 20 in 100 use it differently" in text


# ---- Working it out ----


@pytest.fixture
def rated(world):
    """Three months in which one officer places everybody a step lower in mood than two others."""
    random = np.random.default_rng(7)
    for name in ("second", "third"):
        world.add_staff(name, "wing-officer", unit="a")
    people = [*list(world.people)[:3], *(f"Person{n} Test" for n in range(3))]
    for name in people[3:]:
        world.add_person(name, "a")
    first, last = rules.window(MONTH)
    for day in range(0, (last - first).days + 1, 2):
        for at, person in enumerate(people):
            for rater in random.choice(["wing-officer", "second", "third"], 2, replace=False):
                step = 3 + at % 2 + random.integers(0, 2) - (rater == "wing-officer")
                world.add_reflection(
                    person, str(rater), day=first + timedelta(days=day),
                    steps={"mood": int(np.clip(step, 1, 5))},
                )  # fmt: skip
    return world


def work(world):
    with transaction.atomic(), at_the_desk() as clerk:
        return work_out(by=clerk, establishment_id=world.establishments["north"], month=MONTH)


def test_a_habit_is_found_kept_once_and_logged(rated):
    assert work(rated) == 3
    kept = "select * from training_habit order by id"
    before = rated.owner.execute(kept).fetchall()
    _, text = page(rated, "wing-officer", "my-scale")
    assert "nearer “low” than colleagues" in text
    work(rated)
    assert rated.owner.execute(kept).fetchall() == before


def test_too_little_in_common_leaves_no_row(world):
    world.add_reflection("Amir Kaya", "wing-officer", day=MONTH, steps={"mood": 2})
    assert work(world) == 0


def test_what_was_worked_out_stays_for_the_owner_too(world):
    habit(world, "wing-officer", 0.8)
    for statement in (
        "update training_habit set habit = 0, low = 0, high = 0", "delete from training_habit",
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            world.owner.execute(statement)


def test_nobody_but_daybook_writes_one(world):
    with (
        world.viewing("training-unit"),
        connection.cursor() as cursor,
        pytest.raises(Exception, match=r"permission denied|row-level security"),
    ):
        cursor.execute(
            "insert into training_habit (rater_id, channel_id, establishment_id, month, habit, low,"
            " high, method) values (%s, 1, %s, '2026-01-01', 0, 0, 0, '')",
            [world.staff["wing-officer"], world.establishments["north"]],
        )
