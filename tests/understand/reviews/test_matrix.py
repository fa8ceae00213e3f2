"""What marks come to: by hand, by properties, and equal to what the database says."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybook.foundation.registry.keys import new_key
from daybook.understand.reviews.rules.matrix import BLANK, Weighed, weigh
from daybook.understand.reviews.vocabulary import STANDING, STEPS, Mark
from tests.observe.information.information_world import confirmed
from tests.understand.reviews.furnished import TEAM, Made, add, gathering, item, mark
from tests.world import World

NAMES = tuple(kind.value for kind in STANDING if kind.value != "unknown")
GENUINE, INSTRUMENTAL, HABIT, CONCEALED = range(4)
HIDDEN = [name == "concealed" for name in NAMES]


def weighed(*members: list[dict[str, int]], **said: Any) -> Weighed:
    """Marks as words: for each member a list of items, each a step by explanation."""
    n = len(members[0])
    marks = np.full((len(members), n, len(NAMES)), BLANK, dtype=np.int8)
    for m, items in enumerate(members):
        for i, steps in enumerate(items):
            for name, step in steps.items():
                marks[m, i, NAMES.index(name)] = step
    usual: dict[str, Any] = {
        "origins": list(range(n)), "stands": [True] * n, "records": [""] * n, "tests": [],
        "hidden": HIDDEN,
    }  # fmt: skip
    return weigh(marks, explanations=NAMES, **(usual | said))


# ---- By hand ----


def test_more_than_half_of_those_who_marked_it_say_so() -> None:
    two_of_three = weighed([{"habit": -1}], [{"habit": -2}], [{"habit": 1}])
    assert two_of_three.against[0, HABIT]
    half = weighed([{"habit": -1}], [{"habit": 0}])
    assert not half.against[0, HABIT]
    alone = weighed([{"habit": -1}], [{}], [{}])
    assert alone.against[0, HABIT]


def test_two_steps_apart_is_what_to_talk_about() -> None:
    for first, second, apart in ((1, -1, True), (0, -2, True), (0, -1, False), (1, 0, False)):
        assert weighed([{"habit": first}], [{"habit": second}]).differ[0, HABIT] == apart


def test_one_origin_counts_once_however_many_items_it_brings() -> None:
    said = [{"habit": -1}, {"habit": -2}, {"habit": -1}]
    assert weighed(said, origins=[0, 0, 0]).contradicting[HABIT] == 1
    assert weighed(said, origins=[0, 1, 1]).contradicting[HABIT] == 2


def test_what_has_ended_since_counts_no_more() -> None:
    said = [{"habit": -1}, {"habit": -1}]
    assert weighed(said, stands=[True, False]).contradicting[HABIT] == 1


def test_what_fits_everything_decides_nothing() -> None:
    every = dict.fromkeys(NAMES, 1)
    found = weighed([every, every | {"habit": -1}, {}])
    assert found.decides.tolist() == [False, True, False]


def test_what_nothing_could_contradict_cannot_close_whatever_it_is() -> None:
    """Good behaviour never contradicts concealment; it does not contradict real change either."""
    found = weighed([{"genuine": 1, "concealed": 1, "habit": -1, "instrumental": -1}])
    assert found.may_close == ("instrumental", "habit")
    assert not found.testable[GENUINE]
    assert not found.testable[CONCEALED]


def test_an_item_that_could_have_spoken_against_it_makes_it_testable() -> None:
    said = [{"genuine": 1, "habit": -1}]
    assert weighed(said, tests=[(0, GENUINE)]).may_close == ("genuine",)
    ended = weighed(said, tests=[(0, GENUINE)], stands=[False])
    assert ended.may_close == ()


@pytest.mark.parametrize("slug", ["concealed", "habit"])
def test_what_is_kept_hidden_needs_confirmed_evidence_from_two_origins(slug: str) -> None:
    """Also where a team calls it by words of its own."""
    shows = dict.fromkeys(NAMES, -1) | {slug: 1}
    all_tested = [(0, at) for at in range(len(NAMES))]
    for records, origins, expected in (
        (["information", "information"], [0, 1], True),
        (["information", "reflection"], [0, 1], True),
        (["information", "information"], [0, 0], False),
        (["information", ""], [0, 1], False),
        # Two voices of the daily record may go back to one rumour.
        (["reflection", "reflection"], [0, 1], False),
    ):
        found = weighed(
            [shows, shows], records=records, origins=origins, tests=all_tested,
            hidden=[name == slug for name in NAMES],
        )  # fmt: skip
        assert (slug in found.may_close) == expected


def test_suspicion_without_evidence_crowds_nothing_out() -> None:
    """Concealed is contradicted by nothing and lacks evidence: it is no rival of the others."""
    found = weighed([{"genuine": -1, "habit": -1, "concealed": 1}], tests=[(0, CONCEALED)])
    assert found.may_close == ("genuine", "habit")


def test_the_origin_that_the_picture_hangs_on_is_named() -> None:
    said = [{"habit": -1}, {"habit": -1}, {"genuine": -1}]
    found = weighed(said, origins=[0, 1, 2])
    assert found.may_close == ("genuine",)
    assert found.hangs_on == (0, 1, 2)
    firm = weighed([*said, {"habit": -1}, {"habit": -1}], origins=[0, 1, 2, 3, 4])
    assert firm.hangs_on == (2,)


def test_order_is_by_inconsistency_and_then_as_they_stand() -> None:
    found = weighed([{"genuine": -1}, {"genuine": -1, "habit": -1}])
    # What could not be tested stands after what was: nothing speaking against it says nothing.
    assert [NAMES[at] for at in found.order()] == [
        "habit", "genuine", "instrumental", "concealed", "coerced", "protest", "health",
    ]  # fmt: skip


def test_what_is_hidden_stands_last_where_there_is_no_evidence_for_it() -> None:
    found = weighed([{"genuine": -1, "habit": -1}], tests=[(0, CONCEALED), (0, HABIT)])
    assert found.testable[CONCEALED]
    assert not found.shown[CONCEALED]
    order = [NAMES[at] for at in found.order()]
    assert order.index("concealed") > order.index("habit")


def test_no_marks_and_no_items_come_to_nothing() -> None:
    empty = weigh(
        np.zeros((0, 0, len(NAMES)), dtype=np.int8), explanations=NAMES, origins=[], stands=[],
        records=[], hidden=HIDDEN, tests=[],
    )  # fmt: skip
    assert empty.may_close == ()
    with pytest.raises(ValueError, match="blank"):
        weigh(np.zeros((1, 2, 3), dtype=np.int8), explanations=NAMES, origins=[0], stands=[True],
              records=[""], hidden=HIDDEN, tests=[])  # fmt: skip


# ---- Properties ----

Said = tuple[Any, list[int], list[bool], list[str], list[tuple[int, int]]]


@st.composite
def reviews(draw: st.DrawFn, most: int = 7, fewest: int = 0) -> Said:
    n, m = draw(st.integers(fewest, most)), draw(st.integers(1, 3))
    step = st.sampled_from([-2, -1, 0, 1, BLANK])
    marks = np.array(
        [[[draw(step) for _ in NAMES] for _ in range(n)] for _ in range(m)], dtype=np.int8
    ).reshape(m, n, len(NAMES))
    return (
        marks,
        [draw(st.integers(0, 3)) for _ in range(n)],
        [draw(st.booleans()) for _ in range(n)],
        [draw(st.sampled_from(["", "reflection", "information"])) for _ in range(n)],
        [(i, draw(st.integers(0, len(NAMES) - 1))) for i in range(n) if draw(st.booleans())],
    )


def of(said: Said) -> Weighed:
    marks, origins, stands, records, tests = said
    return weigh(marks, explanations=NAMES, origins=origins, stands=stands, records=records,
                 hidden=HIDDEN, tests=tests)  # fmt: skip


@given(reviews())
def test_what_may_close_is_tested_and_least_contradicted(said: Said) -> None:
    found = of(said)
    for name in found.may_close:
        at = NAMES.index(name)
        assert found.testable[at]
        rivals = [int(found.contradicting[NAMES.index(other)]) for other in found.may_close]
        assert int(found.contradicting[at]) == min(rivals)
    if not found.shown[CONCEALED]:
        assert "concealed" not in found.may_close


@given(reviews())
def test_the_order_of_members_and_items_changes_nothing(said: Said) -> None:
    marks, origins, stands, records, tests = said
    n = len(origins)
    turned = (
        marks[::-1, ::-1], origins[::-1], stands[::-1], records[::-1],
        [(n - 1 - item, at) for item, at in tests],
    )  # fmt: skip
    first, second = of(said), of(turned)
    assert first.may_close == second.may_close
    assert first.contradicting.tolist() == second.contradicting.tolist()
    assert first.hangs_on == second.hangs_on


@given(reviews(fewest=1))
def test_saying_it_once_more_by_the_same_origin_changes_no_answer(said: Said) -> None:
    marks, origins, stands, records, tests = said
    twice = (
        np.concatenate([marks, marks[:, :1]], axis=1), [*origins, origins[0]],
        [*stands, stands[0]], [*records, records[0]], tests,
    )  # fmt: skip
    assert of(said).may_close == of(twice).may_close
    assert of(said).contradicting.tolist() == of(twice).contradicting.tolist()


@given(reviews())
def test_left_out_by_hand_the_answer_changes_just_where_it_hangs(said: Said) -> None:
    marks, origins, stands, records, tests = said
    whole = of(said)
    for origin in set(origins):
        kept = [at for at, each in enumerate(origins) if each != origin]
        place = {old: new for new, old in enumerate(kept)}
        rest = (
            marks[:, kept], [origins[at] for at in kept], [stands[at] for at in kept],
            [records[at] for at in kept],
            [(place[item], at) for item, at in tests if item in place],
        )  # fmt: skip
        assert (of(rest).may_close != whole.may_close) == (origin in whole.hangs_on)


# ---- The twin in the database ----

WORD = {step: word for word, step in STEPS.items()}
MOST = 5


@pytest.fixture
def informed(world: World) -> list[UUID]:
    """Confirmed information about the person, one for each item there may be."""
    return [confirmed(world) for _ in range(MOST)]


def written(world: World, said: Said, informed: list[UUID]) -> Made:
    marks, origins, stands, records, tests = said
    now = timezone.now()
    made = gathering(
        world, world.people["Amir Kaya"], rating_since=now, matrix_since=now,
    )  # fmt: skip
    for table in ("evidence", "hypothesistest"):
        world.owner.execute(f"alter table reviews_{table} disable trigger user")
    world.owner.execute("delete from reviews_hypothesistest where review_id = %s", [made.review])
    world.owner.execute("delete from reviews_evidence where review_id = %s", [made.review])
    lead = world.staff["case-lead"]
    made.items = []
    for at, (origin, standing, kind) in enumerate(zip(origins, stands, records, strict=True)):
        key = new_key()
        if kind == "reflection":
            key = world.add_reflection(
                "Amir Kaya", "personal-officer", id=key,
                withdrawn_at=None if standing else now - timedelta(days=1),
            )  # fmt: skip
        if kind == "information" and standing:
            key = informed[at]
        made.items.append(
            item(
                world, made, lead, origin=f"origin {origin}", record_kind=kind,
                record=key if kind else None, source=kind or "work",
                # What nobody can look up ends by being taken back.
                struck_at=None if standing or kind else now,
                struck_because="" if standing or kind else "Mistaken.",
            )
        )  # fmt: skip
    for name, steps in zip(TEAM, marks, strict=False):
        for key, row in zip(made.items, steps, strict=True):
            given_marks = {
                slug: str(WORD[step].value)
                for slug, step in zip(NAMES, row.tolist(), strict=True)
                if step != BLANK
            }
            if given_marks:
                mark(world, made, name, key, **given_marks)
    for at, explanation in set(tests):
        add(world, "hypothesistest", made, lead, evidence_id=made.items[at],
            hypothesis_id=made.explanations[NAMES[explanation]])  # fmt: skip
    return made


@pytest.mark.django_db(transaction=True)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(said=reviews(most=MOST))
def test_python_and_the_database_weigh_alike(
    world: World, informed: list[UUID], said: Said
) -> None:
    made = written(world, said, informed)
    rows = world.owner.execute(
        "select slug, contradicting, testable, may_close  from daybook.review_standing(%s)",
        [made.review],
    ).fetchall()
    found = of(said)
    assert {slug: count for slug, count, *_ in rows} == dict(
        zip(NAMES, found.contradicting.tolist(), strict=True)
    )
    assert {slug: testable for slug, _, testable, *_ in rows} == dict(
        zip(NAMES, found.testable.tolist(), strict=True)
    )
    assert {slug for slug, *_, closes in rows if closes} == set(found.may_close)


def test_four_words_and_no_more() -> None:
    assert [STEPS[each] for each in Mark] == [-2, -1, 0, 1]
