"""Somebody who left long ago, with something written in every corner, and two who decide."""

from datetime import timedelta

from django.utils import timezone

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.registry.keys import new_key
from daybook.foundation.retention.actions.erasing import list_due
from daybook.foundation.retention.models import Erasure

LONG_AGO = timedelta(days=365 * 5)
SECRET = "Whispered of a quincunx."


def leave(world, name, ago=LONG_AGO - timedelta(days=30)):
    """Somebody was released so long ago."""
    when = timezone.now() - ago
    world.owner.execute(
        "update people_stay set began_at = %s, ended_at = %s, ended_as = 'released',"
        " ended_by_id = %s where person_id = %s",
        [when - timedelta(days=60), when, world.staff["head-of-unit"], world.people[name]],
    )


def old_reflection(world, name, **values):
    """A reflection of five years ago that says something nobody else does."""
    when = timezone.now() - LONG_AGO
    return world.add_reflection(
        name, "personal-officer", day=when.date(), saved_at=when, seen_heard=SECRET,
        steps={"mood": 2, "tension": 4}, **values,
    )  # fmt: skip


def list_now():
    """What Daybook does each night."""
    from django.db import transaction

    with transaction.atomic(), at_the_desk() as clerk:
        return list_due(by=clerk, today=timezone.localdate())


def listed(kind, person):
    return Erasure.objects.get(kind=kind, person_key=person, erased_at=None, lapsed_at=None).pk


def place_hold(world, name, by="governor"):
    return world.insert(
        "retention_hold", id=new_key(), person_id=world.people[name], ground="court",
        reason="District court, 12/26.", placed_by_id=world.staff[by], placed_at=timezone.now(),
        lifted_because="",
    )  # fmt: skip


def tables_with(world, words):
    """Names of the tables in which the words stand anywhere."""
    tables = world.owner.execute(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_schema in ('public', 'daybook') and table_type = 'BASE TABLE'"
    ).fetchall()
    return [
        table
        for (table,) in tables
        if world.owner.execute(
            f"select exists (select from {table} t where t::text like %s)", [f"%{words}%"]
        ).fetchone()[0]
    ]


def opened_in_an_emergency(world, person):
    at = timezone.now() - timedelta(days=1)
    opening = world.insert(
        "breakglass_opening", id=new_key(), staff_id=world.staff["duty-manager"],
        person_id=person, unit_id=world.units["a"], reason="A fall.", opened_at=at,
        ends_at=at + timedelta(hours=3),
    )  # fmt: skip
    world.insert(
        "breakglass_review", id=new_key(), opening_id=opening, finding="needed", words="Yes.",
        reviewed_by_id=world.staff["data-protection-officer"], reviewed_at=timezone.now(),
    )  # fmt: skip


def told_in_confidence(world, person):
    box, on = b"\x01" + bytes(299), timezone.localdate()
    by = {"written_by_id": world.staff["chaplain"], "written_at": timezone.now()}
    note = world.insert(
        "confidences_confidence", id=new_key(), person_id=person, discipline="chaplaincy",
        words=box, struck_because="", **by,
    )  # fmt: skip
    world.insert(
        "confidences_addition", id=new_key(), confidence_id=note, person_id=person, words=box, **by
    )
    asked = world.insert(
        "confidences_question", id=new_key(), kept="pastoral", person_id=person, words=box,
        reason=box, **by,
    )  # fmt: skip
    world.insert(
        "confidences_answer", id=new_key(), question_id=asked, reply="no", reason=box, **by
    )
    world.insert(
        "confidences_consent", id=new_key(), person_id=person, kept="pastoral", how="On paper.",
        given_on=on, until=on, **by,
    )  # fmt: skip
