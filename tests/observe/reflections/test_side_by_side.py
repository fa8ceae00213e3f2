"""Two views beside each other, and several charts together: a question to ask, never a verdict."""

import html
import random

import pytest
from django.urls import reverse

from daybook.foundation.registry.keys import new_key
from tests.observe.reflections.person_world import add_picture, ago
from tests.world import World


def lived(world: World, *, own: float, ours: float, own_days: int = 30, days: int = 90) -> None:
    """Colleagues write every day, and on some the person gives a mark of their own."""
    chance = random.Random(3)

    def step(middle: float) -> int:
        return min(5, max(1, round(chance.gauss(middle, 0.5))))

    add_picture(world, channel="mood", state="no-lasting-change")
    for day in range(days, 0, -1):
        mark = step(own) if day <= own_days else None
        world.add_reflection(
            "Amir Kaya", "b-officer", day=ago(day), own_mark=mark, steps={"mood": step(ours)}
        )


def chart(world: World, channel: str = "mood", who: str = "wing-officer") -> str:
    url = reverse("reflections:chart", args=[world.people["Amir Kaya"], channel])
    answer = world.client(who).get(url)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_own_marks_that_lie_lower_are_a_question_to_ask(world: World) -> None:
    lived(world, own=2.0, ours=4.0)
    shown = chart(world)
    assert "Their own marks: about two steps lower than what we write." in shown
    assert "30 values beside 90." in shown
    assert "in 95 of 100 cases, however often one looks" in shown
    assert "Both may be right." in shown
    assert "says nothing about whether anybody is truthful" in shown
    assert '<svg class="views-apart"' in shown
    for verdict in ("complian", "faking", "risk", "honest", "manipul"):
        assert verdict not in shown.lower()


def test_where_chance_would_do_as_much_it_says_so(world: World) -> None:
    lived(world, own=3.0, ours=3.0, own_days=90)
    assert "Their own marks: no gap to what we write that chance could not make as well." in chart(
        world
    )


@pytest.mark.parametrize("own", [2.0, 3.0])
def test_of_few_marks_it_says_neither_that_there_is_a_gap_nor_that_there_is_none(
    world: World, own: float
) -> None:
    lived(world, own=own, ours=own + 1, own_days=12)
    shown = chart(world)
    assert "Their own marks beside what we write: too few so far to say whether they differ." in (
        shown
    )
    assert "12 values beside 90." in shown
    for said in ("chance could not make", "steps lower", "steps higher"):
        assert said not in shown


def test_a_few_marks_are_not_set_beside_anything(world: World) -> None:
    lived(world, own=2.0, ours=4.0, own_days=9)
    assert "Side by side" not in chart(world)


def test_own_marks_are_of_mood_alone(world: World) -> None:
    lived(world, own=2.0, ours=4.0)
    add_picture(world, channel="tension", state="no-lasting-change")
    assert "Side by side" not in chart(world, "tension")


def test_another_place_is_set_beside_the_wing(world: World) -> None:
    add_picture(world, channel="mood", state="no-lasting-change")
    for day in range(60, 0, -1):
        world.add_reflection("Amir Kaya", "b-officer", day=ago(day), steps={"mood": 2 + day % 2})
        world.add_reflection(
            "Amir Kaya", "personal-officer", day=ago(day), setting="work",
            steps={"mood": 4 + day % 2},
        )  # fmt: skip
    shown = chart(world)
    assert "Work, and the wing" in shown
    assert "What is written at work: about two steps higher than what is written on the wing." in (
        shown
    )
    assert "Places ask different things of people" in shown


def test_what_was_struck_counts_in_neither_view(world: World) -> None:
    lived(world, own=2.0, ours=4.0, own_days=12)
    assert "12 values beside 90." in chart(world)
    entry = world.owner.execute(
        "select id from reflections_reflection where day = %s", [ago(3)]
    ).fetchone()[0]
    said = {"key": str(new_key()), "what": "strike", "reason": "About somebody else of that name."}
    url = reverse("reflections:strike", args=["reflection", entry])
    assert world.client("head-of-unit").post(url, said).status_code == 302
    add_picture(world, channel="mood", state="no-lasting-change")
    assert "11 values beside 89." in chart(world)


def test_marks_of_today_wait_until_one_has_written(world: World) -> None:
    lived(world, own=2.0, ours=4.0, own_days=10)
    world.add_reflection("Amir Kaya", "b-officer", own_mark=2, steps={"mood": 4})
    assert "10 values beside 90." in chart(world)
    world.add_reflection("Amir Kaya", "wing-officer", steps={"mood": 4})
    assert "11 values beside 92." in chart(world)


# ---- Several charts together ----


@pytest.mark.parametrize(
    ("chances", "said"),
    [
        ((0.5, 60.0, 80.0), "Of 3 charts looked at together, these stand out: Mood."),
        ((4.0, 60.0, 80.0), "looked at together, none stands out. It is worth talking about"),
        ((0.5, 4.9, 4.8), "these stand out: "),
    ],
)
def test_what_stands_out_among_several_charts_is_named(world: World, chances, said) -> None:
    for channel, chance in zip(("mood", "tension", "with-others"), chances, strict=True):
        state = "worth-talking-about" if chance <= 5 else "no-lasting-change"
        add_picture(world, channel=channel, state=state, chance=chance)
    url = reverse("reflections:person", args=[world.people["Amir Kaya"]])
    page = html.unescape(world.client("wing-officer").get(url).content.decode())
    assert said in page
    assert said in chart(world)


def test_one_chart_alone_or_no_news_needs_no_such_words(world: World) -> None:
    add_picture(world, channel="mood", chance=1.0)
    assert "looked at together" not in chart(world)
    add_picture(world, channel="tension", state="baseline-forming")
    assert "looked at together" not in chart(world)
