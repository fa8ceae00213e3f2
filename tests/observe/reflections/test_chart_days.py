"""Charts go on from the day before; what they show is as if all had been read from the first."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections import tasks
from daybook.observe.reflections.actions import pictures, so_far
from daybook.observe.reflections.models import ChartDay
from tests.observe.reflections.person_world import ago, rated_daily
from tests.world import World

DAYS = 60


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Limits a little less sure than in earnest."""
    monkeypatch.setattr(pictures, "PARAMETERS", replace(pictures.PARAMETERS, replays=200))


@pytest.fixture
def lived(world: World) -> World:
    return rated_daily(world, DAYS)


@pytest.fixture
def read(monkeypatch) -> list[int]:
    """How many ratings each reading of them brought."""
    sizes = []
    original = so_far._read

    def counted(rows):
        found = original(rows)
        sizes.append(found.step.size)
        return found

    monkeypatch.setattr(so_far, "_read", counted)
    return sizes


def draw(world: World, today: date | None = None, where: str = "north") -> list[tuple]:
    with world.viewing("clerk") as clerk:
        pictures.draw(
            by=clerk, establishment_id=world.establishments[where],
            today=today or timezone.localdate(),
        )  # fmt: skip
    return shown(world)


def shown(world: World) -> list[tuple]:
    """All that pictures say, the moment of drawing apart."""
    return (
        world.owner.execute(
            "select to_jsonb(p) - 'drawn_at' from reflections_picture p"
            " order by person_id, channel_id"
        ).fetchall()
        + world.owner.execute(
            "select to_jsonb(p) - 'drawn_at' from reflections_unitpicture p"
            " order by unit_id, channel_id"
        ).fetchall()
    )


def from_the_first_day(world: World) -> list[tuple]:
    world.owner.execute("delete from reflections_chartday")
    return draw(world)


def kept(world: World) -> list[tuple]:
    return world.owner.execute(
        "select day, ratings_count, method from reflections_chartday"
    ).fetchall()


def test_day_after_day_reads_the_new_rows_and_draws_the_same_to_the_bit(lived, read) -> None:
    for day in range(12, 0, -1):
        found = draw(lived, ago(day))
    drawn_today = draw(lived)
    assert len(kept(lived)) == 1, "one channel of one prison was rated"
    mood = [size for size in read if size]
    assert mood[0] == 3 * DAYS, "the first time, all of it"
    assert max(mood[1:]) <= 3 * 3 * (12 + 1), "then the days that are not kept yet"
    assert mood[-1] == 3 * 3, "in the end the last three days"
    assert found != drawn_today
    assert from_the_first_day(lived) == drawn_today


def test_drawing_twice_changes_neither_the_picture_nor_what_is_kept(lived) -> None:
    first, day = draw(lived), kept(lived)
    assert draw(lived) == first
    assert kept(lived) == day == [(ago(3), 3 * (DAYS - 2), day[0][2])]
    assert day[0][2].endswith(" 3"), "it says with which version"


@pytest.mark.parametrize("on", [20, 1])
def test_an_entry_about_a_day_long_ago_is_taken_in(lived, read, on) -> None:
    before = draw(lived)
    lived.add_reflection("Amir Kaya", "b-officer", day=ago(on), steps={"mood": 5})
    read.clear()
    now = draw(lived)
    assert now != before
    assert max(read) == (3 * DAYS + 1 if on == 20 else 7), "all again only where it must be"
    assert from_the_first_day(lived) == now


def test_what_was_struck_goes_from_the_copy_at_once(lived) -> None:
    draw(lived)
    strike(lived, written(lived, ago(2)))
    assert kept(lived), "what it does not know it need not forget"
    strike(lived, written(lived, ago(30)))
    assert kept(lived) == []
    now = draw(lived)
    assert from_the_first_day(lived) == now


def written(world: World, on: date) -> UUID:
    return world.owner.execute(
        "select id from reflections_reflection where person_id = %s and day = %s",
        [world.people["Amir Kaya"], on],
    ).fetchone()[0]


def strike(world: World, entry: UUID) -> None:
    said = {"key": str(new_key()), "what": "strike", "reason": "About somebody else of that name."}
    url = reverse("reflections:strike", args=["reflection", entry])
    assert world.client("head-of-unit").post(url, said).status_code == 302


def test_what_was_kept_and_cannot_be_read_is_made_anew(lived) -> None:
    now = draw(lived)
    for column in ("kept", "ratings"):
        lived.owner.execute(f"update reflections_chartday set {column} = 'nothing of ours'")
        assert draw(lived) == now


def test_a_worker_that_dies_between_two_prisons_has_kept_the_first(lived, monkeypatch) -> None:
    lived.add_person("Second Demir", "c")
    for day in range(DAYS, 0, -1):
        lived.add_reflection("Cem Demir", "b-officer", day=ago(day), steps={"mood": 2 + day % 3})
        lived.add_reflection("Second Demir", "b-officer", day=ago(day), steps={"mood": 2 + day % 2})
    done = []

    def dies(*, by, establishment_id, today):
        if done:
            raise RuntimeError("the power went")
        done.append(pictures.draw(by=by, establishment_id=establishment_id, today=today))

    monkeypatch.setattr(tasks, "draw", dies)
    with pytest.raises(RuntimeError):
        tasks.draw_charts()
    assert len(kept(lived)) == 1, "the first is committed"
    monkeypatch.setattr(tasks, "draw", pictures.draw)
    tasks.draw_charts()
    assert len(kept(lived)) == 2
    now = shown(lived)
    lived.owner.execute("delete from reflections_chartday")
    tasks.draw_charts()
    assert shown(lived) == now


@pytest.mark.parametrize(
    "who", ["wing-officer", "governor", "psychologist", "data-protection-officer"]
)
def test_nobody_who_looks_at_a_screen_can_read_it(lived, who) -> None:
    draw(lived)
    with lived.viewing(who) as viewer:
        assert viewer is not None
        with pytest.raises(Exception, match="permission denied") as refused:
            list(ChartDay.objects.all())
        assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
