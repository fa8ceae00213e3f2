"""Reviewed erasure: two people, no hold, everything that belongs to it, and a line that stays."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.utils import timezone

from daybook.foundation.audit import actions as audit
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.foundation.registry.records import Limit, records
from daybook.foundation.retention.actions import erasing, holds, limits
from daybook.foundation.retention.models import Erasure, Hold
from daybook.foundation.retention.queries.limits import in_force
from daybook.observe.reflections.models import Addition, Reflection
from tests.foundation.equality.equality_world import declare
from tests.foundation.erasure_world import (
    SECRET,
    leave,
    list_now,
    listed,
    old_reflection,
    opened_in_an_emergency,
    place_hold,
    tables_with,
    told_in_confidence,
)
from tests.observe.information.furnished import in_every_table
from tests.security.test_two_walls import TABLES, fill
from tests.understand.assessments.furnished import assessed
from tests.understand.reviews.furnished import closed

pytestmark = pytest.mark.django_db(transaction=True)

DPO = "data-protection-officer"


@pytest.fixture
def gone(world):
    """Jonas Petit left five years ago, and a reflection of then is due."""
    world.gone = world.people["Jonas Petit"]
    world.entry = old_reflection(world, "Jonas Petit")
    leave(world, "Jonas Petit")
    list_now()
    with world.viewing("governor"):
        world.due = listed("reflection", world.gone)
    return world


def propose(world, by="governor", key=None):
    with world.viewing(by) as viewer:
        erasing.propose(by=viewer, key=key or world.due, reason="Its limit has passed.")


def approve(world, by=DPO, key=None):
    with world.viewing(by) as viewer:
        return erasing.approve(by=viewer, key=key or world.due)


def test_what_is_due_is_listed_with_keys_only_and_what_is_not_is_not(gone):
    with gone.viewing("governor"):
        rows = list(Erasure.objects.all())
    assert {row.person_key for row in rows} == {gone.gone}
    assert [row.keys for row in rows if row.kind == "reflection"] == [[str(gone.entry)]]
    assert tables_with(gone, SECRET) == ["public.reflections_reflection"]


def test_one_proposes_another_approves_and_it_is_gone_from_everywhere(gone):
    gone.insert(
        "reflections_addition", id=new_key(), reflection_id=gone.entry, person_id=gone.gone,
        author_id=gone.staff["personal-officer"], text=f"Later: {SECRET}", added_at=timezone.now(),
    )  # fmt: skip
    gone.insert(
        "carry_arrival", id=gone.entry, staff_id=gone.staff["personal-officer"],
        person_id=gone.gone, form="reflect", device_at=timezone.now(), written_at=timezone.now(),
        arrived_at=timezone.now(), outcome="late", said=f'{{"seen": "{SECRET}"}}',
    )  # fmt: skip
    gone.insert(
        "duties_notice", id=new_key(), staff_id=gone.staff["personal-officer"], kind="struck",
        person_id=gone.gone, path=f"/reflections/{gone.entry}/", once="", made_at=timezone.now(),
        urgent=False,
    )  # fmt: skip
    propose(gone)
    # Entry, two ratings, addition, arrival, notice.
    assert approve(gone) == 6
    assert tables_with(gone, SECRET) == []
    # What stays names it by its key: the ledger, the log, and the queue of nobody.
    left = tables_with(gone, str(gone.entry))
    assert "public.audit_salt" not in left
    assert set(left) <= {"public.retention_erasure", "public.audit_entry"}
    kinds = gone.owner.execute(
        "select kind, people, reason from audit_entry where record = %s and kind = 'erasure'",
        [str(gone.due)],
    ).fetchall()
    assert kinds == [("erasure", [gone.gone], "Its limit has passed.")]


def test_with_a_record_go_the_salts_of_whatever_went_with_it(gone):
    """Nobody who guesses what an erased addition said can hold the guess against the log."""
    addition = gone.insert(
        "reflections_addition", id=new_key(), reflection_id=gone.entry, person_id=gone.gone,
        author_id=gone.staff["personal-officer"], text=f"Later: {SECRET}", added_at=timezone.now(),
    )  # fmt: skip
    with gone.viewing("personal-officer") as viewer:
        for model, key in ((Reflection, gone.entry), (Addition, addition)):
            audit.record(
                by=viewer, kind=Kind.COLLECTION, subject="reflection", record=key, signed=model
            )
    kept = {str(gone.entry), str(addition)}
    assert salted(gone) & kept == kept
    propose(gone)
    approve(gone)
    assert not salted(gone) & kept


def salted(world):
    """Keys of the records that a guess could be held against."""
    return {key for (key,) in world.owner.execute("select record from audit_salt").fetchall()}


def test_nobody_approves_what_they_proposed_nor_what_nobody_did(gone):
    with pytest.raises(Cannot, match="proposed"):
        approve(gone)
    propose(gone, by=DPO)
    with pytest.raises(Cannot, match="yourself"):
        approve(gone)
    with pytest.raises(Http404):
        approve(gone, by="governor")
    for name in ("wing-officer", "head-of-unit", "administrator", "oversight"):
        with pytest.raises(Http404):
            propose(gone, by=name)
    assert tables_with(gone, SECRET)


def test_the_database_alone_holds_that_they_are_two(gone):
    """Whoever gets round the application still needs a second person for data protection."""
    mine = gone.staff[DPO]
    propose(gone, by=DPO)
    step = "update retention_erasure set approved_by_id = %s, approved_at = now() where id = %s"
    for name, as_whom in ((DPO, mine), ("governor", gone.staff["governor"]), ("governor", mine)):
        with pytest.raises(DatabaseError), gone.viewing(name), connection.cursor() as cursor:
            cursor.execute(step, [as_whom, gone.due])
    with pytest.raises(psycopg.Error):
        gone.owner.execute(step, [gone.staff["governor"], gone.due])
    for name in (DPO, "governor", "wing-officer"):
        with pytest.raises(DatabaseError), gone.viewing(name), connection.cursor() as cursor:
            cursor.execute("select daybook.erase(%s)", [gone.due])
    claim = "update retention_erasure set erased_at = now(), rows = 0 where id = %s"
    with pytest.raises(DatabaseError), gone.viewing(DPO), connection.cursor() as cursor:
        cursor.execute(claim, [gone.due])
    assert tables_with(gone, SECRET)


def test_a_hold_stops_it_in_the_application_and_in_the_database(gone):
    propose(gone)
    with gone.viewing(DPO) as viewer:
        key = new_key()
        holds.place(by=viewer, key=key, person_id=gone.gone, ground="court", reason="12/26")
    with pytest.raises(Cannot, match="hold"):
        approve(gone)
    step = "update retention_erasure set approved_by_id = %s, approved_at = now() where id = %s"
    with pytest.raises(DatabaseError), gone.viewing(DPO), connection.cursor() as cursor:
        cursor.execute(step, [gone.staff[DPO], gone.due])
    with gone.viewing(DPO) as viewer:
        holds.lift(by=viewer, key=key, reason="The court has decided.")
    assert approve(gone) == 3


def test_a_hold_placed_after_the_approval_stops_it_too(gone):
    """Approved and not yet carried out, as after a crash between the two."""
    propose(gone)
    with gone.viewing(DPO), connection.cursor() as cursor:
        cursor.execute(
            "update retention_erasure set approved_by_id = %s, approved_at = now() where id = %s",
            [gone.staff[DPO], gone.due],
        )
    place_hold(gone, "Jonas Petit")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select daybook.erase(%s)", [gone.due])
    assert tables_with(gone, SECRET)


def test_a_hold_is_lifted_once_by_data_protection_with_a_reason(gone):
    key = place_hold(gone, "Amir Kaya")
    with pytest.raises(Http404), gone.viewing("governor") as viewer:
        holds.lift(by=viewer, key=key, reason="No more.")
    for name in ("governor", "duty-manager"):
        with pytest.raises(DatabaseError), gone.viewing(name):
            Hold.objects.filter(id=key).update(
                lifted_at=timezone.now(), lifted_by_id=gone.staff[name], lifted_because="No."
            )
    with gone.viewing("head-of-unit"), transaction.atomic():
        assert not Hold.objects.exists()
    with gone.viewing(DPO) as viewer:
        holds.lift(by=viewer, key=key, reason="The court has decided.")
    with pytest.raises(Cannot), gone.viewing(DPO) as viewer:
        holds.lift(by=viewer, key=key, reason="Again.")


def test_kept_for_a_reason_it_comes_back_on_the_day(gone):
    today = timezone.localdate()
    with gone.viewing(DPO) as viewer:
        erasing.keep(
            by=viewer, key=gone.due, reason="A claim is open.",
            look_again_on=today + timedelta(days=30),
        )  # fmt: skip
    list_now()
    with gone.viewing("governor"):
        assert not Erasure.objects.filter(kind="reflection", kept_at=None).exists()
    gone.owner.execute("alter table retention_erasure disable trigger user")
    gone.owner.execute("update retention_erasure set look_again_on = current_date")
    gone.owner.execute("alter table retention_erasure enable trigger user")
    list_now()
    with gone.viewing("governor"):
        assert Erasure.objects.filter(kind="reflection", kept_at=None).count() == 1


def test_whoever_comes_back_is_due_no_more(gone):
    gone.insert(
        "people_stay", person_id=gone.gone, unit_id=gone.units["a"], began_at=timezone.now(),
        reason="", source="",
    )  # fmt: skip
    propose(gone)
    with pytest.raises(Cannot, match="due"):
        approve(gone)
    list_now()
    with gone.viewing("governor"):
        waits = Erasure.objects.filter(person_key=gone.gone, lapsed_at=None)
        assert list(waits.values_list("kind", flat=True)) == ["reflection"]


def test_every_kind_of_record_can_go_and_the_person_last_of_all(world):
    """A record of each kind about everybody, and then everything about one of them."""
    everyone = list(world.people.values())
    for table, (_, person) in TABLES.items():
        fill(world, table, person, everyone)
    amir = world.people["Amir Kaya"]
    leave(world, "Amir Kaya")
    world.owner.execute("alter table cases_case disable trigger user")
    world.owner.execute(
        "update cases_case set closed_at = now() - interval '4 years', closed_because = 'Ended.',"
        " opened_at = now() - interval '5 years', closed_by_id = lead_id"
    )
    world.owner.execute("alter table cases_case enable trigger user")
    for table in ("safety_unlocknote", "safety_separation"):
        column = "ended_on" if table == "safety_separation" else "ended_at"
        world.owner.execute(f"alter table {table} disable trigger user")
        began = ", began_on = '2020-01-01', until_on = '2020-01-09'" if column == "ended_on" else ""
        world.owner.execute(
            f"update {table} set {column} = now() - interval '4 years'{began},"
            " ended_because = 'Over.', ended_by_id = %s",
            [world.staff["head-of-unit"]],
        )
        world.owner.execute(f"alter table {table} enable trigger user")
    opened_in_an_emergency(world, amir)
    told_in_confidence(world, amir)
    declare(world, amir, belief="none")
    # What the person said is wrong with a record goes with it.
    about = world.owner.execute(
        "select id from reflections_reflection where person_id = %s", [amir]
    ).fetchone()[0]
    in_every_table(world, amir, about)
    closed(world, amir)
    assessed(world, amir, lead=world.staff["case-lead"], second=world.staff["psychologist"])
    # Both concerns have ended, one in words that say so.
    world.owner.execute(
        "insert into information_concernstep (id, concern_id, person_id, step, reason, ended_how,"
        " written_by_id, written_at) select gen_random_uuid(), id, person_id, 'ended', 'Over.',"
        " 'explained', %s, now() from information_concern",
        [world.staff["analyst"]],
    )
    contest = world.insert(
        "contests_contest", id=new_key(), person_id=amir, kind="reflection", record=about,
        compartment="wing", words="It was not me.", language="en", given="spoken",
        taken_by_id=world.staff["wing-officer"], taken_at=timezone.now(),
    )  # fmt: skip
    world.insert(
        "contests_settlement", id=new_key(), person_id=amir, contest_id=contest,
        outcome="stands", reasons="Seen by three.", settled_by_id=world.staff["head-of-unit"],
        settled_at=timezone.now(),
    )  # fmt: skip
    erased = set()
    later = timezone.localdate() + timedelta(days=365 * 9)
    for _ in range(3):
        take_all(world, amir, later, erased)
    left = {
        table: world.owner.execute(
            f"select count(*) from {table} where {column} = %s", [amir]
        ).fetchone()[0]
        for table, (_, column) in TABLES.items()
    }
    # These are filled and erased nowhere here; their tables have nothing of this person's.
    elsewhere = {
        "hold", "arrival", "observation", "notice", "handover", "access-request", "disclosure",
        "contest",
    }  # fmt: skip
    assert records.known.keys() - erased <= elsewhere
    left |= {
        table: world.owner.execute(f"select count(*) from {table}").fetchone()[0]
        for table in (
            "contests_contest", "contests_settlement",
            "breakglass_opening", "breakglass_review", "confidences_confidence",
            "confidences_addition", "confidences_question", "confidences_answer",
            "confidences_consent", "information_report", "information_concern",
            "information_concernstep", "information_grading", "information_levelling",
            "information_attachment", "information_asking", "information_account",
            "information_copy", "information_use", "information_enquiry", "information_answer",
            "information_feedback", "information_urging", "information_protection",
            "confidences_consent", "equality_declaration",
            "assessments_assessment", "assessments_sheet", "assessments_draft",
            "assessments_basis", "assessments_sheetanswer", "assessments_account",
            "assessments_talk", "assessments_closing",
            "reviews_review", "reviews_member", "reviews_hypothesis", "reviews_hypothesistest",
            "reviews_evidence", "reviews_membermarks", "reviews_note", "reviews_closing",
            "reviews_saidsince", "reviews_recordreading", "reviews_recordquality",
        )
    }  # fmt: skip
    assert {table: rows for table, rows in left.items() if rows} == {}
    assert world.owner.execute("select count(*) from people_person").fetchone()[0] == 3


def take_all(world, person, today, erased):
    """List as if it were years on, and let two people erase all that is due about one person."""
    from django.db import transaction

    from daybook.foundation.access.clerk import at_the_desk

    with transaction.atomic(), at_the_desk() as clerk:
        erasing.list_due(by=clerk, today=today)
    with world.viewing("governor"):
        lines = list(
            Erasure.objects.filter(person_key=person, erased_at=None, lapsed_at=None).values_list(
                "id", "kind"
            )
        )
    for key, kind in lines:
        propose(world, key=key)
        with world.viewing(DPO), connection.cursor() as cursor:
            cursor.execute(
                "update retention_erasure set approved_by_id = %s, approved_at = now()"
                " where id = %s",
                [world.staff[DPO], key],
            )
            cursor.execute("select daybook.erase(%s)", [key])
        erased.add(kind)


def test_a_limit_is_set_by_data_protection_for_a_reason_and_its_history_stays(world):
    with world.viewing(DPO) as viewer:
        shipped = in_force()["reflection"].limit
        longer = Limit(36, 12, 12, shipped.begins, shipped.then)
        limits.set_limit(by=viewer, kind="reflection", limit=longer, reason="Prison Act, 44.")
    with world.viewing("wing-officer"):
        assert in_force()["reflection"].limit == longer
        assert not in_force()["reflection"].as_shipped
    with pytest.raises(Http404), world.viewing("governor") as viewer:
        limits.set_limit(by=viewer, kind="reflection", limit=shipped, reason="Back.")
    assert world.owner.execute(
        "select count(*) from retention_setlimit where kind = 'reflection'"
    ).fetchone() == (2,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.owner.execute("update retention_setlimit set months = 1200")
    limits.ship()
    assert in_force()["reflection"].limit == longer
