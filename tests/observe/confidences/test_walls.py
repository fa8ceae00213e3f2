"""Who reads what is told in confidence: each wall alone, for every role there is."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.roles import ROLES
from daybook.foundation.registry.keys import new_key
from daybook.observe.confidences import queries, requests
from daybook.observe.confidences.vocabulary import Kept, Reply
from tests.world import World

from .confidence_world import (
    AMIR,
    TOLD,
    add,
    answer,
    ask,
    ask_about_source,
    concern,
    give_word,
    move_away,
    name_source,
    raw,
    write,
)

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = (
    "confidences_confidence", "confidences_addition", "confidences_source",
    "confidences_question", "confidences_answer", "confidences_consent",
)  # fmt: skip
DISCIPLINES = {"chaplain": "chaplaincy", "psychologist": "psychology", "on-call-care": "care"}
EVERYBODY = [*ROLES, "b-officer", "nobody"]
WALLS = pytest.mark.parametrize("wall", ["both walls", "the first alone"])


@pytest.fixture
def told(world: World) -> World:
    """Amir told something to a chaplain, a psychologist and on-call care; to each of them once."""
    concern(world)
    world.add_staff("other-chaplain", "chaplain", establishment="north")
    world.add_staff("other-psychologist", "psychologist")
    for by in DISCIPLINES:
        add(world, write(world, by, words=f"{TOLD}, said to {by}"), "Said later.", by)
    return world


def take_down(world: World, wall: str) -> None:
    if wall != "both walls":
        for table in TABLES:
            world.owner.execute(f"alter table {table} disable row level security")


def read(world: World, name: str) -> set[str]:
    """In which disciplines a member of staff reads something of Amir, by the page's own query."""
    with world.viewing(name) as viewer:
        try:
            notes = queries.notes_about(world.people[AMIR], viewer=viewer)
        except Http404:
            return set()
    assert all(TOLD in str(note.words) for note in notes)
    assert all([str(each.words) for each in note.additions] == ["Said later."] for note in notes)
    return {note.discipline.value for note in notes}


@WALLS
def test_each_reads_their_own_and_what_their_discipline_was_told(told: World, wall: str) -> None:
    take_down(told, wall)
    seen = {name: read(told, name) for name in [*EVERYBODY, "other-chaplain", "other-psychologist"]}
    assert {name: found for name, found in seen.items() if found} == {
        "chaplain": {"chaplaincy"},
        "psychologist": {"psychology"},
        "on-call-care": {"psychology", "care"},
    }


@pytest.mark.parametrize("as_role", ["", "daybook_author", "daybook_wide"])
def test_raw_sql_shows_no_more_whatever_role_is_taken_on(told: World, as_role: str) -> None:
    ask(told)
    name_source(told)
    give_word(told)
    rows = {
        "": {
            "psychologist": (1, 1), "on-call-care": (2, 2), "chaplain": (0, 0),
        },
        "daybook_author": dict.fromkeys(DISCIPLINES, (1, 1)),
        "daybook_wide": {"oversight": (1, 1)},
    }[as_role]  # fmt: skip
    for name in [*EVERYBODY, "other-chaplain", "other-psychologist"]:
        looks_wide = name in ROLES and ROLES[name].reach.value == "service"
        if as_role == "" and looks_wide:
            continue
        with raw(told, name, as_role) as (_viewer, cursor):
            cursor.execute(
                "select (select count(*) from confidences_confidence), count(*)"
                " from confidences_addition"
            )
            assert cursor.fetchone() == rows.get(name, (0, 0)), name
            cursor.execute("select count(*) from confidences_source")
            assert cursor.fetchone() == (0,), name


def test_a_chaplain_reads_their_own_wherever_the_person_went_and_writes_no_more(
    told: World,
) -> None:
    move_away(told)
    assert read(told, "chaplain") == {"chaplaincy"}
    with pytest.raises(Http404):
        write(told, "chaplain")
    assert "Amir" in told.client("chaplain").get("/in-confidence/").content.decode()


def test_on_call_care_reads_what_others_were_told_only_while_answering(told: World) -> None:
    told.owner.execute(
        "update safety_concern set ended_at = now(), ended_how = 'helped', ended_words = 'Tea.',"
        " ended_by_id = %s",
        [told.staff["on-call-care"]],
    )
    assert read(told, "on-call-care") == {"care"}
    with pytest.raises(Http404):
        write(told, "on-call-care")


def test_a_psychologist_who_leaves_the_case_keeps_only_their_own(told: World) -> None:
    told.insert(
        "cases_teammember", id=new_key(), case_id=told.cases[AMIR],
        staff_id=told.staff["other-psychologist"], part="",
        since=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    assert read(told, "other-psychologist") == {"psychology"}
    told.owner.execute(
        "update cases_teammember set until = now() - interval '1 minute' where staff_id = any(%s)",
        [[told.staff["other-psychologist"], told.staff["psychologist"]]],
    )
    assert read(told, "other-psychologist") == set()
    assert read(told, "psychologist") == {"psychology"}


@WALLS
def test_the_oversight_body_reads_by_the_person_s_word_and_no_longer(
    told: World, wall: str
) -> None:
    question = ask(told)
    assert read(told, "oversight") == set()
    consent = give_word(told)
    take_down(told, wall)
    assert read(told, "oversight") == {"chaplaincy"}
    assert sees(told, "oversight", question)
    with told.viewing("chaplain") as viewer:
        from daybook.observe.confidences.actions import end_word

        end_word(by=viewer, person_id=told.people[AMIR], consent=consent)
    assert read(told, "oversight") == set()
    assert not sees(told, "oversight", question)


def test_a_word_that_has_run_out_opens_nothing(told: World) -> None:
    give_word(told)
    told.owner.execute("alter table confidences_consent disable trigger user")
    told.owner.execute(
        "update confidences_consent set given_on = current_date - 40, until = current_date - 1"
    )
    assert read(told, "oversight") == set()


# ---- Requests ----


def sees(world: World, name: str, question: UUID) -> bool:
    with world.viewing(name) as viewer:
        try:
            requests.asked(question, viewer=viewer)
        except Http404:
            return False
    return True


@WALLS
@pytest.mark.parametrize(
    ("kept", "keepers"),
    [
        (Kept.PASTORAL, {"chaplain", "other-chaplain"}),
        (Kept.HEALTH, {"psychologist", "on-call-care"}),
    ],
)
def test_a_request_is_seen_by_who_asked_and_who_keeps_it(
    told: World, wall: str, kept: Kept, keepers: set[str]
) -> None:
    question = ask(told, kept=kept)
    take_down(told, wall)
    everybody = [*EVERYBODY, "other-chaplain", "other-psychologist"]
    assert {name for name in everybody if sees(told, name, question)} == keepers | {"head-of-unit"}


@WALLS
def test_who_a_source_is_opens_for_the_custodian_while_a_request_waits(
    world: World, wall: str
) -> None:
    source = name_source(world)
    question = ask_about_source(world, source)
    take_down(world, wall)
    assert {name for name in EVERYBODY if sees(world, name, question)} == {
        "analyst", "source-custodian",
    }  # fmt: skip
    assert who(world, question) == "Pavel of the laundry"
    answer(world, question, "source-custodian", Reply.PART, "It is another person.")
    assert who(world, question) == ""
    again = ask_about_source(world, source, "governor")
    assert who(world, again) == "Pavel of the laundry"
    assert sees(world, "governor", question) is False


def who(world: World, question: UUID) -> str:
    with world.viewing("source-custodian") as viewer:
        return str(requests.asked(question, viewer=viewer).source)


@pytest.mark.parametrize("by", ["head-of-unit", "other-psychologist", "governor", "oversight"])
def test_nobody_else_answers(told: World, by: str) -> None:
    question = ask(told)
    with pytest.raises(Http404):
        answer(told, question, by)
    role = "daybook_wide" if by == "oversight" else ""
    with raw(told, by, role) as (viewer, cursor):
        statement = (
            "insert into confidences_answer (id, question_id, reply, reason, written_by_id,"
            " written_at) select %s, %s, 'no', words, %s, now() from (select %s::bytea words) w"
        )
        box = told.owner.execute("select words from confidences_question").fetchone()[0]
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(statement, [new_key(), question, viewer.staff_id, box])


def test_nobody_answers_themselves(told: World) -> None:
    question = ask(told, by="chaplain")
    with pytest.raises(Http404):
        answer(told, question, "chaplain")
    answer(told, question, "other-chaplain")


def test_intelligence_asks_no_chaplain_and_no_clinician(told: World) -> None:
    for kept in (Kept.PASTORAL, Kept.HEALTH):
        with pytest.raises(Http404):
            ask(told, by="analyst", kept=kept)
    with raw(told, "analyst") as (viewer, cursor):
        box = told.owner.execute("select words from confidences_confidence").fetchone()[0]
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "insert into confidences_question (id, kept, person_id, words, reason,"
                " written_by_id, written_at) values (%s, 'pastoral', %s, %s, %s, %s, now())",
                [new_key(), told.people[AMIR], box, box, viewer.staff_id],
            )


# ---- Nothing is changed, nothing is swapped, no plain words come in ----


@pytest.mark.parametrize(
    "change",
    [
        "update confidences_confidence set words = words",
        "update confidences_confidence set person_id = person_id + 1",
        "update confidences_confidence set written_by_id = 1",
        "delete from confidences_confidence",
        "truncate confidences_confidence cascade",
        "update confidences_addition set words = words",
        "delete from confidences_addition",
        "update confidences_source set words = words",
        "delete from confidences_source",
        "update confidences_question set reason = words",
        "delete from confidences_question",
        "update confidences_answer set reply = 'yes'",
        "delete from confidences_answer",
        "update confidences_consent set until = until + 365",
        "delete from confidences_consent",
    ],
)
def test_not_even_the_owner_changes_what_was_signed(told: World, change: str) -> None:
    answer(told, ask(told))
    name_source(told)
    give_word(told)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        told.owner.execute(change)


@pytest.mark.parametrize("plain", [b"Plain words.", b"\x01" + b"x" * 298, b""])
def test_a_sealed_column_takes_no_plain_words_from_anybody(world: World, plain: bytes) -> None:
    refused = (psycopg.errors.CheckViolation, psycopg.errors.ArraySubscriptError)
    with pytest.raises(refused):
        world.insert(
            "confidences_source", id=new_key(), words=plain,
            written_by_id=world.staff["wing-officer"], written_at=timezone.now(),
        )  # fmt: skip


def test_words_swapped_between_two_people_do_not_open(told: World) -> None:
    bao = write(told, about="Bao Tran", words="Of somebody else.")
    told.owner.execute("alter table confidences_confidence disable trigger user")
    told.owner.execute(
        "update confidences_confidence set words = (select words from confidences_confidence"
        " where id = %s) where discipline = 'chaplaincy' and id <> %s",
        [bao, bao],
    )
    with told.viewing("chaplain") as viewer:
        (note,) = queries.notes_about(told.people[AMIR], viewer=viewer)
        assert "can’t be opened" in str(note.words)
        (kept,) = queries.notes_about(told.people["Bao Tran"], viewer=viewer)
        assert kept.words == "Of somebody else."


def test_what_was_struck_is_opened_by_nobody(told: World, client: Any) -> None:
    told.owner.execute("alter table confidences_confidence disable trigger user")
    told.owner.execute(
        "update confidences_confidence set struck_at = now(), struck_because = 'not-so'"
    )
    for name in [*EVERYBODY, "other-chaplain"]:
        assert read(told, name) == set(), name
    for role in ("", "daybook_author", "daybook_wide"):
        with raw(told, "chaplain", role) as (_viewer, cursor):
            cursor.execute("select count(*) from confidences_addition, confidences_confidence")
            assert cursor.fetchone() == (0,)
