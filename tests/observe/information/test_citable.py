"""What a decision may rest on, and that there is no way round it: in pages and in SQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections
from django.urls import reverse

from daybook.foundation.access.roles import ROLES
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.information.actions import desk, given, reporting
from daybook.observe.information.tasks import let_information_lapse
from tests.world import World

from .information_world import (
    AMIR,
    age,
    answer,
    ask,
    basis,
    citable,
    confirmed,
    dismiss,
    give,
    grade,
    lay,
    levels,
    offer,
    report,
    today,
    weigh,
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = {
    "grade": grade,
    "levels": levels,
    "basis": basis,
    "weigh": weigh,
    "close": lambda world, key: answer(world, ask(world, key)),
    "second kind": lambda world, key: answer(
        world, ask(world, key, kind="clinical", whom="psychologist"), by="psychologist"
    ),
}
DECIDES = ("duty-manager", "head-of-unit", "case-lead", "governor")


@pytest.mark.parametrize("without", STEPS)
def test_without_any_one_thing_it_is_unconfirmed_everywhere(world: World, without: str):
    key = report(world)
    for name, step in STEPS.items():
        if name != without:
            step(world, key)
    assert not any(citable(world, who) for who in ("analyst", *DECIDES))
    html = world.client("analyst").get(reverse("information:concern", args=[key])).content.decode()
    assert "Unconfirmed" in html
    STEPS[without](world, key)
    assert all(citable(world, who) == {key} for who in ("analyst", *DECIDES))


@pytest.mark.parametrize("role", ROLES)
def test_raw_sql_shows_an_unconfirmed_one_to_the_desk_and_those_who_look_everywhere(
    world: World, role: str
):
    key = report(world)
    with world.viewing(role), connection.cursor() as cursor:
        for table, column in (("concern", "id"), ("report", "id")):
            cursor.execute(f"select count(*) from information_{table} where {column} = %s", [key])
            wanted = role in ("analyst", "oversight", "source-custodian")
            assert bool(cursor.fetchone()[0]) is wanted, table
        cursor.execute("select count(*) from daybook.citable(null)")
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from daybook.report_in(%s)", [[key]])
        assert bool(cursor.fetchone()[0]) is wanted


@pytest.mark.parametrize("role", ROLES)
def test_raw_sql_shows_a_confirmed_one_to_whoever_decides_and_its_writer_to_the_desk(
    world: World, role: str
):
    key = confirmed(world)
    reads = role in (*DECIDES, "analyst", "oversight", "source-custodian")
    with world.viewing(role), connection.cursor() as cursor:
        cursor.execute("select writer from daybook.report_in(%s)", [[key]])
        found = cursor.fetchall()
        assert bool(found) is reads
        if reads:
            named = role in ("analyst", "oversight", "source-custodian")
            assert (found[0][0] is not None) is named
        cursor.execute("select count(*) from information_report where id = %s", [key])
        assert bool(cursor.fetchone()[0]) is (role in ("analyst", "oversight", "source-custodian"))


def changes(world: World, role: str, statement: str) -> int:
    """How many rows raw SQL of whoever holds the role changes; none where it is refused."""
    try:
        with world.viewing(role), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
    except DatabaseError:
        return 0


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_rested_on_an_unconfirmed_one_and_no_copy_leaves(world: World, role: str):
    key, now = report(world), "now()"
    person, staff = world.people[AMIR], world.staff[role]
    for statement in (
        "insert into information_use (id, concern_id, person_id, kind, record, why, written_by_id,"
        f" written_at, looked_words) values (gen_random_uuid(), '{key}', {person}, 'case',"
        f" gen_random_uuid(), 'x', {staff}, {now}, '')",
        "insert into information_copy (id, concern_id, person_id, recipient, purpose, legal_basis,"
        " scheme, handling, conditions, told_how, written_by_id, written_at) values"
        f" (gen_random_uuid(), '{key}', {person}, 'The police', 'x', 'y', '3x5x2', 'P', '', '',"
        f" {staff}, {now})",
        f"update information_concern set legal_basis = 'x' where id = '{key}'",
    ):
        assert changes(world, role, statement) == 0, statement


def test_the_action_says_why_a_copy_can_t_leave(world: World):
    key = report(world)
    grade(world, key)
    with pytest.raises(Cannot, match="unconfirmed"):
        give(world, key)
    with world.viewing("case-lead") as viewer, pytest.raises(Cannot, match="unconfirmed"):
        given.rest_on(
            by=viewer, concern=key, key=new_key(), kind="case", record_key=world.cases[AMIR],
            why="Review",
        )  # fmt: skip


# ---- One origin counts as one ----


def test_what_the_writer_says_again_is_no_context(world: World):
    key = report(world, by="personal-officer")
    for name, step in STEPS.items():
        if name != "close":
            step(world, key)
    answer(world, ask(world, key), by="personal-officer")
    assert not citable(world, "case-lead")


def test_what_one_person_says_twice_is_one_origin(world: World):
    key = report(world)
    for step in (grade, levels, basis, weigh):
        step(world, key)
    for kind in ("close", "clinical", "dynamic"):
        answer(world, ask(world, key, kind=kind, whom="psychologist"), by="psychologist")
    assert not citable(world, "case-lead")
    answer(world, ask(world, key, kind="close"))
    assert citable(world, "case-lead") == {key}


def test_what_goes_back_to_the_report_or_to_each_other_is_seen_as_one(world: World):
    key = report(world)
    for step in (grade, levels, basis, weigh):
        step(world, key)
    first = answer(world, ask(world, key, kind="clinical", whom="psychologist"), by="psychologist")
    lay(world, offer(world, by="activity-staff"), key, goes_back_to=first)
    assert not citable(world, "case-lead")
    lay(world, offer(world, by="personal-officer"), key, goes_back_to_report=key)
    assert not citable(world, "case-lead")
    html = world.client("analyst").get(reverse("information:concern", args=[key])).content.decode()
    assert html.count("counts with the one above") == 2
    assert "Origin 1" in html
    assert "Origin 2" in html
    assert "Origin 3" not in html
    lay(world, offer(world), key)
    assert citable(world, "case-lead") == {key}


def test_what_was_asked_for_may_turn_out_to_go_back_to_something_too(world: World):
    key = report(world)
    for step in (grade, levels, basis, weigh):
        step(world, key)
    first = answer(world, ask(world, key), told_by="The officer who wrote the report")
    second = answer(world, ask(world, key, kind="clinical", whom="psychologist"), by="psychologist")
    assert citable(world, "case-lead") == {key}
    client, address = world.client("analyst"), reverse("information:lay", args=[key, first])
    assert "has it from" in client.get(address).content.decode()
    assert client.post(address, {"goes_back_to": f"report {key}"}).status_code == 302
    assert not citable(world, "case-lead")
    with pytest.raises(Cannot, match="said already"):
        lay(world, first, key, goes_back_to=second)
    with pytest.raises(Cannot, match="is itself"):
        lay(world, second, key, goes_back_to=second)


def test_one_source_behind_two_reports_is_one(world: World):
    source = new_key()
    key, other = report(world, source=source), report(world, by="personal-officer", source=source)
    with world.viewing("analyst") as viewer:
        desk.join(by=viewer, concern=other, key=new_key(), other=key, reason="One source.")
    html = world.client("analyst").get(reverse("information:concern", args=[key])).content.decode()
    assert "Another report that is read on here" in html
    assert "counts with the one above" in html


# ---- A chaplain speaks by own choice ----


def test_a_chaplain_is_never_asked_not_even_by_sql(world: World):
    key = report(world)
    with pytest.raises(Cannot, match="never asked"):
        ask(world, key, whom="chaplain")
    html = world.client("analyst").get(reverse("information:ask", args=[key])).content.decode()
    assert "A. Chaplain" not in html
    with world.viewing("analyst"), connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute(
            "insert into information_asking (id, concern_id, person_id, kind, question, asked_id,"
            " reply, written_by_id, written_at) values (gen_random_uuid(), %s, %s, 'close', 'How?',"
            " %s, '', %s, now())",
            [key, world.people[AMIR], world.staff["chaplain"], world.staff["analyst"]],
        )


def test_what_a_chaplain_offers_counts_until_it_is_taken_back(world: World):
    key = report(world)
    for step in (grade, levels, basis, weigh):
        step(world, key)
    answer(world, ask(world, key, kind="clinical", whom="psychologist"), by="psychologist")
    offered = offer(world)
    lay(world, offered, key)
    assert citable(world, "case-lead") == {key}
    page = world.client("case-lead").get(reverse("information:concern", args=[key]))
    assert "offered by a chaplain, by own choice" in page.content.decode()
    back = world.client("chaplain").post(reverse("information:take-back", args=[offered]))
    assert back.status_code == 302
    assert not citable(world, "case-lead")
    html = world.client("analyst").get(reverse("information:concern", args=[key])).content.decode()
    assert "how to make peace" not in html
    assert "how to make peace" in world.client("chaplain").get(
        reverse("information:mine")
    ).content.decode()  # fmt: skip


# ---- It fades ----


def test_a_review_that_is_overdue_makes_it_unconfirmed_until_it_is_looked_at(world: World):
    key = confirmed(world)
    age(world, key, 15)
    assert not citable(world, "case-lead")
    with world.viewing("analyst") as viewer:
        desk.keep(
            by=viewer, concern=key, key=new_key(), reason="It goes on.",
            review_on=today() + timedelta(days=7), ends_on=today() + timedelta(days=20),
        )  # fmt: skip
    assert citable(world, "case-lead") == {key}


def test_it_lapses_by_itself_once_and_everybody_hears_of_it(world: World):
    key = confirmed(world)
    give(world, key)
    age(world, key, 29)
    for _ in range(2):
        let_information_lapse()
    [(how, recalled)] = world.owner.execute(
        "select c.ended_how, p.recalled_at is not null from information_concern c"
        " join information_copy p on p.concern_id = c.id"
    ).fetchall()
    assert (how, recalled) == ("lapsed", True)
    told = world.owner.execute("select kind from duties_notice where kind like 'information-ended'")
    assert told.fetchall() == [("information-ended",)]
    assert world.owner.execute("select count(*) from information_concernstep").fetchone() == (3,)


@pytest.mark.parametrize("days", [91, 365, 4000])
def test_nothing_keeps_it_longer_than_the_longest_not_even_sql(world: World, days: int):
    key = confirmed(world)
    with world.viewing("analyst"), connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute(
            "insert into information_concernstep (id, concern_id, person_id, step, reason,"
            " ended_how, review_on, ends_on, written_by_id, written_at) values"
            " (gen_random_uuid(), %s, %s, 'kept', 'x', '', current_date + 5, current_date + %s,"
            " %s, now())",
            [key, world.people[AMIR], days, world.staff["analyst"]],
        )


def test_what_has_ended_goes_on_by_nothing(world: World):
    key = confirmed(world)
    dismiss(world, key)
    for what, said in (
        ("basis", {"reason": "Another law"}),
        ("weigh", {"reason": "Another"}),
        ("keep", {"reason": "x", "review_on": "2099-01-01", "ends_on": "2099-01-02"}),
        ("dismiss", {"ended_how": "invalid", "reason": "Not so"}),
    ):
        refused = world.client("analyst").post(
            reverse(f"information:{what}", args=[key]), {"key": new_key(), **said}
        )
        assert refused.status_code == 422
        html = refused.content.decode()
        assert "ended" in html.lower()
        assert said["reason"] in html
    with pytest.raises(Cannot, match="ended it"):
        grade(world, key)
    with pytest.raises(Cannot, match="nothing that ended goes on"):
        ask(world, key)
    assert not citable(world, "case-lead")


def test_nothing_is_laid_beside_or_joined_to_what_has_ended(world: World):
    ended, goes_on = report(world), report(world)
    account = offer(world)
    dismiss(world, ended)
    with pytest.raises(Cannot, match="still goes on"):
        lay(world, account, ended)
    with world.viewing("analyst") as viewer, pytest.raises(Cannot, match="still goes on"):
        desk.join(by=viewer, concern=goes_on, key=new_key(), other=ended, reason="One quarrel.")
    reflection = world.add_reflection(AMIR, "wing-officer", seen_heard="Sang.")
    with (
        world.viewing("wing-officer") as viewer,
        pytest.raises(Cannot, match="nothing that ended goes on"),
    ):
        reporting.attach(
            by=viewer, concern=ended, person_id=world.people[AMIR], reflection=reflection,
            reason="That day.",
        )  # fmt: skip


def test_two_analysts_who_end_it_at_once_end_it_once_and_the_second_reads_who_was_first(
    world: World,
):
    world.add_staff("second-analyst", "analyst", establishment="north")
    key = confirmed(world)
    clients = [world.client("analyst"), world.client("second-analyst")]

    def end(client: Any) -> Any:
        try:
            said = {"key": new_key(), "ended_how": "explained", "reason": "A debt over tobacco."}
            return client.post(reverse("information:dismiss", args=[key]), said)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(end, clients), key=lambda answer: answer.status_code)
    assert [answer.status_code for answer in answers] == [302, 422]
    html = answers[1].content.decode()
    assert "ended it today" in html
    assert "A debt over tobacco." in html
    ended = world.owner.execute("select count(*) from information_concernstep where step = 'ended'")
    assert ended.fetchone() == (1,)


# ---- Lowering takes what raising takes ----


def test_lower_and_higher_are_one_form_one_right_and_one_press(world: World):
    key = report(world)
    address = reverse("information:levels", args=[key])
    for word in ("strong", "low", "none-seen", "some"):
        said = {
            "key": new_key(), "capability": word, "capability_evidence": "Seen on Tuesday.",
            "intent": "unknown", "engagement": "unknown", "meant_for": ["staff"],
            "from_others": "no", "influence": "unknown",
        }  # fmt: skip
        assert world.client("analyst").post(address, said).status_code == 302
    said |= {"capability_evidence": "", "key": new_key()}
    refused = world.client("analyst").post(address, said)
    assert refused.status_code == 422
    assert "Write the evidence" in refused.content.decode()


# ---- Copies, and what travels with them ----


def test_a_grade_outside_its_scheme_is_refused_in_a_sentence_and_by_nothing_else(world: World):
    key = report(world)
    said = {
        "key": new_key(), "scheme": "3x5x2", "source_grade": "F", "information_grade": "A",
        "handling": "C", "conditions": "", "reason": "Seen by two.",
    }  # fmt: skip
    refused = world.client("analyst").post(reverse("information:grade", args=[key]), said)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "Choose a grade of this scheme" in html
    assert "Seen by two." in html
    said |= {"source_grade": "1"}
    again = world.client("analyst").post(reverse("information:grade", args=[key]), said)
    assert "on conditions" in again.content.decode()


def test_what_is_held_to_be_false_carries_nothing(world: World):
    key = confirmed(world)
    grade(world, key, information_grade="E")
    assert not citable(world, "case-lead")
    html = world.client("analyst").get(reverse("information:concern", args=[key])).content.decode()
    assert "Held to be false" in html


def test_somebody_outside_who_has_a_copy_is_told_and_how_is_written_down(world: World):
    key = confirmed(world)
    copy = give(world, key, staff=None, recipient="The police of North")
    dismiss(world, key)
    page = world.client("analyst").get(reverse("information:concern", args=[key]))
    assert "How were they told that it ended?" in page.content.decode()
    told = world.client("analyst").post(
        reverse("information:told", args=[key, copy]), {"how": "By letter."}
    )
    assert told.status_code == 302
    page = world.client("analyst").get(reverse("information:concern", args=[key]))
    assert "By letter." in page.content.decode()
