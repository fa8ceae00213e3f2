"""The fairness page: figures in which nobody can be told apart, and an answer that is owed."""

import re
from datetime import timedelta
from html import unescape

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybook.foundation.access.roles import ROLES
from daybook.foundation.registry.keys import new_key
from daybook.observe.information.queries import fairness
from daybook.observe.information.rules.fairness import Measure, hidden
from tests.foundation.equality.equality_world import declare
from tests.observe.information.fairness_world import (
    crowd,
    last_month,
    report_on,
    step,
    strong,
    unlike,
)
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/information/fairness/north/"
COMPARED = "reported.origin.minority"
SEES = {"governor", "duty-manager", "head-of-unit", "oversight", "data-protection-officer"}


def figures(world: World, who: str = "governor") -> dict[tuple[str, str], tuple[int | None, ...]]:
    with world.viewing(who), connection.cursor() as cursor:
        cursor.execute("select * from daybook.fairness(%s)", [world.establishments["north"]])
        return {(whole, kind): tuple(rest) for whole, kind, *rest in cursor.fetchall()}


def text(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


# ---- Figures ----


def test_people_count_once_and_reports_by_what_became_of_them(world: World) -> None:
    majority, minority = unlike(world)
    report_on(world, minority[0])  # a second report about the same person
    for _ in range(3):
        report_on(world, majority[0])
    found = figures(world)
    # people, reported, reports, escalated, ended, dismissed, explained
    assert found["all", ""] == (93, 21, 25, 0, 10, 0, 10)
    assert found["origin", "minority"] == (30, 15, 16, 0, 10, 0, 10)
    assert found["origin", "majority"] == (63, 6, 9, 0, 0, 0, 0)


def test_whatever_is_older_or_of_this_month_does_not_count(world: World) -> None:
    people = crowd(world, 20, origin="both")
    for person in people[:8]:
        report_on(world, person, at=timezone.now())
        report_on(world, person, at=last_month() - timedelta(days=400))
    assert figures(world)["all", ""][1:3] == (0, 0)


def test_what_went_further_has_a_strong_word_now_an_urgent_step_or_a_copy_outside(
    world: World,
) -> None:
    people = crowd(world, 40, origin="both")
    concerns = [report_on(world, person) for person in people[:12]]
    for concern in concerns[:5]:
        strong(world, concern)
    # Lowered since: it counts no longer.
    strong(world, concerns[0], "low", ago=0)
    at, until = timezone.now(), timezone.now() + timedelta(hours=20)
    world.insert(
        "information_protection", id=new_key(), concern_id=concerns[6], person_id=people[6],
        establishment_id=world.establishments["north"], danger="D.", why_now="W.", step="S.",
        instead_of="I.", until=until, review_on=timezone.localdate() + timedelta(days=1),
        reviewed_words="", written_by_id=world.staff["duty-manager"], written_at=at,
    )  # fmt: skip
    for concern, person, recipient, staff in (
        (concerns[7], people[7], "The probation service", None),
        (concerns[8], people[8], "", world.staff["governor"]),
    ):
        world.insert(
            "information_copy", id=new_key(), concern_id=concern, person_id=person,
            staff_id=staff, recipient=recipient, purpose="Release", legal_basis="Act",
            scheme="3x5x2", handling="P", conditions="", told_how="",
            written_by_id=world.staff["analyst"], written_at=at,
        )  # fmt: skip
    assert figures(world)["all", ""][3] == 6


def test_dismissed_are_those_that_were_not_so_or_out_of_date(world: World) -> None:
    people = crowd(world, 40, origin="both")
    for number, person in enumerate(people[:24]):
        concern = report_on(world, person)
        how = ("invalid", "out-of-date", "explained", "lapsed")[number % 4]
        step(world, concern, "ended", ended_how=how)
    assert figures(world)["all", ""] == (43, 24, 24, 0, 24, 12, 6)


def test_few_people_and_few_events_are_not_shown(world: World) -> None:
    crowd(world, 60, origin="majority")
    small = crowd(world, 9, origin="minority")
    medium = crowd(world, 14, origin="both")
    for person in [*small[:6], *medium[:3]]:
        report_on(world, person)
    found = figures(world)
    assert found["origin", "minority"] == (None,) * 7
    # Three of fourteen: the people are shown, and not how many of them were reported.
    assert found["origin", "both"][1:] == (None,) * 6
    shown = [kind for (whole, kind), row in found.items() if whole == "origin" and row[0]]
    assert "majority" in shown


def test_what_is_shown_gives_nothing_away_by_subtraction(world: World) -> None:
    """Exactly one group is small: another one stays back with it, people and events alike."""
    crowd(world, 60, origin="majority")
    crowd(world, 30, origin="both")
    small = crowd(world, 4, origin="minority")
    for name in ("Amir Kaya", "Jonas Petit", "Bao Tran"):
        declare(world, world.people[name], origin="majority")
    for person in small:
        report_on(world, person)
    found = figures(world)
    rows = {kind: row for (whole, kind), row in found.items() if whole == "origin"}
    for column in range(7):
        back = [kind for kind, row in rows.items() if row[column] is None]
        assert len(back) != 1
    assert rows["minority"][0] is None
    assert rows["both"][0] is None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 40), st.booleans()), min_size=1, max_size=7
    )
)
def test_the_database_hides_what_the_rules_hide(
    owner_connection: psycopg.Connection, groups: list[tuple[int, int, bool]]
) -> None:
    people, counts, shut = map(list, zip(*groups, strict=True))
    (found,) = owner_connection.execute(
        "select daybook.too_small(%s::int[], %s::int[], %s::boolean[])", [people, counts, shut]
    ).fetchone()
    assert found == hidden(people, counts, shut)


def test_units_and_roles_of_reporters_are_told_and_no_reporter(world: World) -> None:
    unlike(world)
    for number in range(12):
        world.add_staff(f"extra-{number}", "wing-officer", unit="a")
        world.add_staff(f"teacher-{number}", "activity-staff", unit="a")
    for number in range(7):
        world.add_staff(f"pastor-{number}", "chaplain", establishment="north")
    for number, person in enumerate(crowd(world, 14)):
        report_on(world, person, by="teacher-0" if number < 8 else "pastor-0")
    found = figures(world)
    assert {whole for whole, _kind in found} == {"all", "unit", "role", "age", "origin"}
    assert {kind for whole, kind in found if whole == "unit"} == {
        str(world.units["a"]), str(world.units["b"])
    }  # fmt: skip
    roles = {kind: row for (whole, kind), row in found.items() if whole == "role"}
    assert roles["activity-staff"][2] == 8
    assert roles["chaplain"] == (None,) * 7
    assert set(roles) <= set(ROLES)
    answer = world.client("oversight").get(PAGE).content.decode()
    for name in ("Extra", "Teacher", "Pastor", "B Officer"):
        assert name not in answer


def test_no_figure_moves_while_somebody_has_the_screen(world: World) -> None:
    unlike(world)
    for person in crowd(world, 12):
        report_on(world, person)
    before = figures(world)
    person = world.owner.execute("select max(id) from people_person").fetchone()[0]
    declare(world, person, ago=0, origin="minority")
    assert figures(world) == before


# ---- Who may ----


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_who_sees_the_figures(world: World, role: str) -> None:
    unlike(world)
    assert bool(figures(world, role)) is (role in SEES)
    if role != "clerk":
        answer = world.client(role).get(PAGE)
        assert answer.status_code == (200 if role in SEES else 404)


def test_nobody_but_those_who_watch_over_all_sees_another_prison(world: World) -> None:
    for role in sorted(SEES):
        answer = world.client(role).get("/information/fairness/south/")
        everywhere = role in {"oversight", "data-protection-officer"}
        assert answer.status_code == (200 if everywhere else 404)


def test_the_way_in_leads_straight_on_where_there_is_one_place(world: World) -> None:
    assert world.client("governor").get("/information/fairness/")["Location"] == PAGE
    html = world.client("oversight").get("/information/fairness/").content.decode()
    assert html.index("North") < html.index("South")
    assert world.client("wing-officer").get("/information/fairness/").status_code == 404


# ---- The page ----


def test_it_says_what_stands_out_what_can_be_said_and_what_can_t(world: World) -> None:
    unlike(world)
    said = text(world.client("oversight").get(PAGE).content.decode())
    assert "50 of 100 people were reported" in said
    assert "15 of 30" in said
    assert "They were asked: Where you and your family come from" in said
    assert "More often than chance would show" in said
    assert "The governor has not answered yet." in said
    assert "it says nothing about any person of the group" in said
    assert re.search(r"There are \d+ comparisons on this page", said)
    assert "Of fewer than 10 people nothing is shown" in said


def test_groups_stand_by_name_whatever_their_rate(world: World) -> None:
    unlike(world)
    with world.viewing("governor") as viewer:
        at = fairness.place("north", viewer=viewer)
        shown = fairness.picture(at, viewer=viewer)
    for whole in shown.wholes:
        names = [group.name.casefold() for group in whole.groups]
        assert names == sorted(names)


def test_every_picture_has_one_look_and_no_colour_is_a_verdict(world: World) -> None:
    unlike(world)
    html = world.client("oversight").get(PAGE).content.decode()
    pictures = re.findall(r'<svg class="rate".*?</svg>', html)
    assert len(pictures) >= 6
    classes = {name for picture in pictures for name in re.findall(r'class="([^"]+)"', picture)}
    assert classes == {"rate", "ground", "everybody", "bar"}
    assert not re.search(r"fill=|stroke=|style=", "".join(pictures))


def test_nothing_declared_and_nothing_reported_is_told_plainly(world: World) -> None:
    said = text(world.client("governor").get(PAGE).content.decode())
    assert "Too few are known, or too little happened" in said
    assert "not shown" in said


# ---- The answer ----


def reply(**more: object) -> dict[str, object]:
    return {
        "key": new_key(), "why": "One workshop reports every quarrel.",
        "doing": "We read ten of them together.",
        "next_look_on": (timezone.localdate() + timedelta(days=60)).isoformat(),
    } | more  # fmt: skip


def test_the_governor_owes_an_answer_and_it_stands_with_the_figures(world: World) -> None:
    unlike(world)
    governor = world.client("governor")
    assert "chance would hardly show" in governor.get("/").content.decode()
    html = governor.get(PAGE).content.decode()
    address = f"{PAGE}answer/{COMPARED}/"
    assert address in html
    assert "15 of 30, and of everyone else 6 of 63" in text(governor.get(address).content.decode())
    sent = reply()
    for _ in range(2):
        assert governor.post(address, sent)["Location"] == PAGE
    rows = world.owner.execute(
        "select compared, count, among, rest_count, rest_among from information_fairnessanswer"
    ).fetchall()
    assert rows == [(COMPARED, 15, 30, 6, 63)]
    said = text(world.client("oversight").get(PAGE).content.decode())
    assert "One workshop reports every quarrel." in said
    assert "Then 15 of 30, and of everyone else 6 of 63" in said
    with world.viewing("governor") as viewer:
        shown = fairness.picture(fairness.place("north", viewer=viewer), viewer=viewer)
        assert COMPARED not in {cell.compared for cell in shown.owed}


def test_it_is_owed_again_once_the_day_of_the_next_look_is_over(world: World) -> None:
    unlike(world)
    ago = timezone.now() - timedelta(days=70)
    world.insert(
        "information_fairnessanswer", id=new_key(),
        establishment_id=world.establishments["north"], compared=COMPARED,
        until=ago.date(), count=15, among=30, rest_count=6, rest_among=63, why="W.", doing="D.",
        next_look_on=timezone.localdate() - timedelta(days=1),
        written_by_id=world.staff["governor"], written_at=ago,
    )  # fmt: skip
    with world.viewing("governor") as viewer:
        shown = fairness.picture(fairness.place("north", viewer=viewer), viewer=viewer)
        assert COMPARED in {cell.compared for cell in shown.owed}


def test_only_the_governor_answers_and_only_to_what_stands_out(world: World) -> None:
    unlike(world)
    for role in sorted(SEES - {"governor"}):
        assert world.client(role).post(f"{PAGE}answer/{COMPARED}/", reply()).status_code == 404
    governor = world.client("governor")
    for other in ("explained.origin.majority", "reported.origin.unsaid", "made.up", "x"):
        assert governor.get(f"{PAGE}answer/{other}/").status_code == 404
    south = f"/information/fairness/south/answer/{COMPARED}/"
    assert governor.post(south, reply()).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"why": ""}, "Write what you take to be behind it."),
        ({"doing": "x" * 2001}, "Say it in up to"),
        ({"next_look_on": "2020-01-01"}, "still to come"),
        ({"next_look_on": "9999-12-31"}, "within a year"),
        ({"why": "a\0b"}, "There is a sign in it"),
    ],
)
def test_what_is_wrong_with_an_answer_is_told_and_nothing_is_lost(
    world: World, wrong: dict[str, object], told: str
) -> None:
    unlike(world)
    answer = world.client("governor").post(f"{PAGE}answer/{COMPARED}/", reply(**wrong))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert told in html
    assert ("One workshop" in html) is ("why" not in wrong)


def test_no_role_writes_an_answer_for_a_governor_and_none_changes_one(world: World) -> None:
    unlike(world)
    world.client("governor").post(f"{PAGE}answer/{COMPARED}/", reply())
    insert = (
        "insert into information_fairnessanswer select gen_random_uuid(), compared, until, count,"
        " among, rest_count, rest_among, why, doing, next_look_on, now(), establishment_id, %s"
        " from information_fairnessanswer"
    )
    for role in ROLES:
        if role == "governor":
            continue
        with world.viewing(role), connection.cursor() as cursor:
            cursor.execute("select count(*) from information_fairnessanswer")
            assert cursor.fetchone()[0] == (1 if role in SEES else 0), role
            try:
                with transaction.atomic():
                    cursor.execute(insert, [world.staff[role]])
                    assert cursor.rowcount == 0
            except DatabaseError:
                pass
    for statement in (
        "update information_fairnessanswer set why = 'x'", "delete from information_fairnessanswer",
    ):  # fmt: skip
        with pytest.raises(psycopg.Error):
            world.owner.execute(statement)


def test_every_measure_is_told_of_its_own_whole(world: World) -> None:
    unlike(world)
    with world.viewing("oversight") as viewer:
        shown = fairness.picture(fairness.place("north", viewer=viewer), viewer=viewer)
    of = {cell.measure: cell.rate for cell in shown.everybody}
    assert (of[Measure.REPORTED].count, of[Measure.REPORTED].among) == (21, 93)
    assert (of[Measure.EXPLAINED].count, of[Measure.EXPLAINED].among) == (10, 10)
