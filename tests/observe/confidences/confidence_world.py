"""Notes, requests and words as they stand once somebody signed them, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.keys import new_key
from daybook.observe.confidences import actions
from daybook.observe.confidences.vocabulary import Kept, Reply
from tests.world import World

TOLD = "quetzalcoatl: he misses his grandmother’s garden"
ASKED = "May he share a cell with anybody?"
BECAUSE = "He moves tomorrow, and somebody sleeps badly."
AMIR = "Amir Kaya"


def write(world: World, by: str = "chaplain", about: str = AMIR, words: str = TOLD) -> UUID:
    key = new_key()
    with world.viewing(by) as viewer:
        actions.write(by=viewer, key=key, person_id=world.people[about], words=words)
    return key


def add(world: World, to: UUID, words: str, by: str = "chaplain") -> UUID:
    key = new_key()
    with world.viewing(by) as viewer:
        actions.add(by=viewer, key=key, confidence=to, words=words)
    return key


def ask(
    world: World, by: str = "head-of-unit", kept: Kept = Kept.PASTORAL, about: str = AMIR
) -> UUID:
    key = new_key()
    with world.viewing(by) as viewer:
        actions.ask(
            by=viewer, key=key, kept=kept, person_id=world.people[about], words=ASKED,
            reason=BECAUSE,
        )  # fmt: skip
    return key


def answer(
    world: World, question: UUID, by: str = "chaplain", reply: Reply = Reply.NO, words: str = ""
) -> UUID:
    key = new_key()
    with world.viewing(by) as viewer:
        actions.answer(
            by=viewer, key=key, question=question, reply=reply, reason="He would not wish it.",
            words=words,
        )  # fmt: skip
    return key


def name_source(
    world: World, by: str = "wing-officer", words: str = "Pavel of the laundry"
) -> UUID:
    key = new_key()
    with world.viewing(by) as viewer:
        actions.name_source(by=viewer, key=key, words=words)
    return key


def ask_about_source(world: World, source: UUID, by: str = "analyst") -> UUID:
    key = new_key()
    with world.viewing(by) as viewer:
        actions.ask_about_source(by=viewer, key=key, source=source, words=ASKED, reason=BECAUSE)
    return key


def give_word(world: World, by: str = "chaplain", about: str = AMIR) -> UUID:
    key, today = new_key(), timezone.localdate()
    with world.viewing(by) as viewer:
        actions.take_down_word(
            by=viewer, key=key, person_id=world.people[about], how="On paper.", given_on=today,
            until=today + timedelta(days=30),
        )  # fmt: skip
    return key


def concern(world: World, about: str = AMIR) -> UUID:
    """Somebody fears for this person, and on-call care answers."""
    now, care = timezone.now(), world.staff["on-call-care"]
    return world.insert(
        "safety_concern", id=new_key(), person_id=world.people[about], kind="health", words="",
        raised_by_id=world.staff["wing-officer"], raised_at=now, noticed_at=now,
        establishment_id=world.establishments["north"], acknowledged_by_id=care,
        acknowledged_at=now, ended_how="", ended_words="",
    )  # fmt: skip


def move_away(world: World, about: str = AMIR, to: str = "c") -> None:
    """To another prison, an hour ago."""
    person, at = world.people[about], timezone.now() - timedelta(hours=1)
    world.owner.execute(
        "update people_stay set ended_at = %s where person_id = %s and ended_at is null",
        [at, person],
    )
    world.insert(
        "people_stay", person_id=person, unit_id=world.units[to], reason="", source="", began_at=at
    )


@contextmanager
def raw(world: World, name: str, role: str = "") -> Iterator[tuple[Viewer, Any]]:
    """SQL of one's own, as the role of the database that this member of staff looks with."""
    with world.viewing(name) as viewer, connection.cursor() as cursor:
        if role:
            cursor.execute(f"set local role {role}")
        yield viewer, cursor
