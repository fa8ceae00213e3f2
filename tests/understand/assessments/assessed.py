"""Assessments as they stand once somebody opened, signed, talked about and closed them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.understand.assessments.actions import closing, opening, sheets
from daybook.understand.assessments.models import Sheet
from daybook.understand.instruments.definition import Instrument
from daybook.understand.instruments.queries import definition
from tests.world import World

AMIR = "Amir Kaya"
LEAD, PSYCHOLOGIST = "case-lead", "psychologist"
BOTH = (LEAD, PSYCHOLOGIST)
SUMMARY = "You have somebody who stays, and work you like. A place to live is missing."


def instrument_id(world: World, key: str) -> int:
    return world.owner.execute(
        "select id from instruments_definition where key = %s order by id desc limit 1", [key]
    ).fetchone()[0]


def train(world: World, who: str, *keys: str, until: date | None = None) -> None:
    for key in keys:
        world.insert(
            "staff_competence", id=new_key(), staff_id=world.staff[who], key=key,
            since=timezone.localdate() - timedelta(days=100),
            until=until or timezone.localdate() + timedelta(days=200), how="Two days of training.",
            written_by_id=world.staff["training-unit"], written_at=timezone.now(),
        )  # fmt: skip


def begin(
    world: World, key: str = "needs-and-strengths", *, by: str = LEAD,
    assessors: tuple[str, ...] = BOTH, about: str = AMIR, **more: Any,
) -> UUID:  # fmt: skip
    made = new_key()
    said = {"purpose": "needs", "because": "first"} | more
    with world.viewing(by) as viewer:
        opening.open_assessment(
            by=viewer, key=made, person_id=world.people[about],
            definition_id=instrument_id(world, key),
            assessors=[world.staff[who] for who in assessors], **said,
        )  # fmt: skip
    return made


def sheet_of(world: World, assessment: UUID, who: str) -> UUID:
    return world.owner.execute(
        "select id from assessments_sheet where assessment_id = %s and assessor_id = %s",
        [assessment, world.staff[who]],
    ).fetchone()[0]


def typed(instrument: Instrument, *, place: int = 0, **answers: str) -> dict[str, Any]:
    """A whole sheet: every item with its answer at ``place``, unless ``answers`` says another."""
    said: dict[str, Any] = {
        "on_self_report": "partly", "on_compliance": "little", "rests_words": "Three colleagues.",
        "used_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    for item in instrument.items():
        key = item.key.replace("-", "_")
        said |= {
            f"answer_{item.key}": answers.get(key, item.answers[place].key),
            f"fact_{item.key}": "He said so on Monday, and it was seen on the wing.",
            f"reading_{item.key}": "I think it holds.",
            f"sources_{item.key}": ["talk", "seen"],
            f"cited_{item.key}": "Talk on Monday; seen at work.",
        }
    for domain in instrument.domains:
        said |= {
            f"account_{domain.key}": "Nothing new was found.",
            f"course_{domain.key}": "first",
        }
    return said


def fill(world: World, assessment: UUID, who: str, **answers: str) -> UUID:
    """Type a whole sheet, unsigned."""
    key = sheet_of(world, assessment, who)
    with world.viewing(who) as viewer:
        used = definition(
            Sheet.objects.values_list("assessment__definition_id", flat=True).get(id=key)
        )
        sheets.keep(by=viewer, key=key, typed=typed(used, **answers))
    return key


def sign(world: World, assessment: UUID, who: str, **answers: str) -> UUID:
    key = fill(world, assessment, who, **answers)
    with world.viewing(who) as viewer:
        sheets.sign(by=viewer, key=key)
    return key


def talk(world: World, assessment: UUID, item: str, answer: str = "", by: str = LEAD) -> UUID:
    key = new_key()
    with world.viewing(by) as viewer:
        closing.talk(
            by=viewer, assessment=assessment, key=key, item=item, answer=answer,
            words="She has seen him with his sister, I have not.",
        )  # fmt: skip
    return key


def close(world: World, assessment: UUID, by: str = LEAD, **more: Any) -> UUID:
    key = new_key()
    said = {
        "summary": SUMMARY, "needs": "A place to live.", "support": "I ask the hostel this week.",
        "own_view": "said", "own_words": "I want to live near my sister.",
        "again_on": timezone.localdate() + timedelta(days=80),
    } | more  # fmt: skip
    with world.viewing(by) as viewer:
        closing.close(by=viewer, assessment=assessment, key=key, **said)
    return key


def trained(world: World) -> None:
    for who in BOTH:
        train(world, who, "assessing-needs", "structured-assessment")


def closed(world: World, key: str = "needs-and-strengths", **answers: str) -> UUID:
    """One by two colleagues who agreed, from its opening to its close."""
    made = begin(world, key)
    for who in BOTH:
        sign(world, made, who, **answers)
    close(world, made)
    return made


def made_earlier(world: World, assessment: UUID, days: int) -> None:
    """As if all of it had been done that many days ago."""
    by = timedelta(days=days)
    for table, columns in {
        "assessments_assessment": ("opened_at", "signed_at", "closed_at"),
        "assessments_closing": ("closed_at", "again_on"),
    }.items():
        key = "id" if table.endswith("assessment") else "assessment_id"
        moved = ", ".join(f"{column} = {column} - %(by)s" for column in columns)
        with world.owner.transaction():
            world.owner.execute(f"alter table {table} disable trigger user")
            world.owner.execute(
                f"update {table} set {moved} where {key} = %(key)s", {"by": by, "key": assessment}
            )
            world.owner.execute(f"alter table {table} enable trigger user")
