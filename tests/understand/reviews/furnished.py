"""Joint reviews at each of their stages, as the owner writes them, for tests."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from psycopg.types.json import Jsonb

from daybook.foundation.registry.keys import new_key
from daybook.understand.reviews.vocabulary import STANDING
from tests.world import World

LEAD, PSYCHOLOGIST, OFFICER = "case-lead", "psychologist", "personal-officer"
TEAM = {LEAD: LEAD, PSYCHOLOGIST: PSYCHOLOGIST, OFFICER: OFFICER}
"""Members of staff of the small world, and the role in whose name each takes part."""


@dataclass
class Made:
    """Keys of one review and of what lies in it."""

    review: UUID
    person: int
    members: dict[str, UUID] = field(default_factory=dict)
    explanations: dict[str, UUID] = field(default_factory=dict)
    items: list[UUID] = field(default_factory=list)
    test: UUID | None = None
    note: UUID | None = None
    closing: UUID | None = None


def add(world: World, table: str, made: Made, by: int, **values: Any) -> UUID:
    return world.insert(
        f"reviews_{table}", id=new_key(), review_id=made.review, person_id=made.person,
        written_by_id=by, written_at=timezone.now(), **values,
    )  # fmt: skip


def gathering(world: World, who: int, team: dict[str, str] | None = None, **when: Any) -> Made:
    """A review whose evidence is open: who takes part has said yes; two items lie on the board."""
    team = team or TEAM
    staff = {name: world.staff[name] for name in team}
    lead, *rest = staff.values()
    now = timezone.now()
    made = Made(
        world.insert(
            "reviews_review", id=new_key(), person_id=who, question="Will it last outside?",
            written_by_id=lead, written_at=now - timedelta(days=9), given_up_because="", **when,
        ),
        who,
    )  # fmt: skip
    for name, part in team.items():
        signed = {"finished_at": now} if when.get("matrix_since") else {}
        made.members[name] = add(
            world, "member", made, lead, staff_id=staff[name], part=part, accepted_at=now, **signed
        )
    for kind in STANDING:
        made.explanations[kind.value] = add(
            world, "hypothesis", made, lead, slug=kind.value, kind=kind.value, words="",
            against="", dropped_because="",
        )  # fmt: skip
    made.items = [
        item(world, made, lead, words="Kept his place in the workshop."),
        item(world, made, (rest or [lead])[0], words="Rang his sister.", told_by="His sister"),
    ]
    made.test = add(
        world, "hypothesistest", made, lead, hypothesis_id=made.explanations["genuine"],
        evidence_id=made.items[0],
    )  # fmt: skip
    return made


def item(world: World, made: Made, by: int, **said: Any) -> UUID:
    given = {
        "dimension": "effort", "source": "work", "what": "done", "words": "Stayed on.",
        "innocent": "He likes the work.", "told_by": "", "record_kind": "", "origin": "",
        "struck_because": "",
    } | said  # fmt: skip
    return add(world, "evidence", made, by, **given)


def rating(world: World, who: int, team: dict[str, str] | None = None) -> Made:
    """Its evidence is closed; nobody has signed."""
    return gathering(world, who, team, rating_since=timezone.now())


def mark(world: World, made: Made, name: str, evidence: UUID, **said: str) -> UUID:
    marks = {slug.replace("_", "-"): word.replace("_", "-") for slug, word in said.items()}
    return world.insert(
        "reviews_membermarks", id=new_key(), review_id=made.review, person_id=made.person,
        member_id=made.members[name], evidence_id=evidence, marks=Jsonb(marks),
        written_at=timezone.now(),
    )  # fmt: skip


def opened(world: World, who: int, team: dict[str, str] | None = None, **when: Any) -> Made:
    """Everybody has signed, and they differ in one place."""
    now = timezone.now()
    made = gathering(world, who, team, rating_since=now, matrix_since=now, **when)
    for name, said in zip(made.members, ("fits", "fits", "against"), strict=False):
        mark(world, made, name, made.items[0], genuine=said, concealed="fits",
             instrumental="against", habit="against")  # fmt: skip
    mark(world, made, next(iter(made.members)), made.items[1], genuine="neither")
    made.note = add(
        world, "note", made, made_by(world, made), evidence_id=made.items[0],
        hypothesis_id=made.explanations["genuine"], words="We saw different weeks.",
    )  # fmt: skip
    return made


def read(world: World, made: Made) -> None:
    """What the record was read to say: one answer with a value, and how good the record is."""
    add_read(
        world, "recordreading", made, channel_id=1, asked="settings", setting="work", silent="",
        value=0.6, low=0.2, high=1.0, by_chance=0.4, first=20, second=60, wing_people=23,
        wing_low=-0.2, wing_middle=0.0, wing_high=0.3,
    )  # fmt: skip
    add_read(
        world, "recordquality", made, since="2026-01-01", until="2026-06-29", entries=20,
        two_touches=18, days=18, longest_gap=9, observers=3, settings=2, one_value=Jsonb({}),
    )  # fmt: skip


def add_read(world: World, table: str, made: Made, **values: Any) -> None:
    world.insert(
        f"reviews_{table}", id=new_key(), review_id=made.review, person_id=made.person,
        made_at=timezone.now(), **values,
    )  # fmt: skip


def made_by(world: World, made: Made) -> int:
    found = world.owner.execute(
        "select written_by_id from reviews_review where id = %s", [made.review]
    ).fetchone()
    assert found
    return int(found[0])


CLOSING = {
    "because": "It went on with nobody looking.", "would_change": "If it stopped at a refusal.",
    "support": "trust", "support_words": "A place in the kitchen.", "next_look": "How it goes.",
    "dissent": "", "nobody_differs": True, "means_for_harm": "Nothing new.",
    "means_for_needs": "Work that lasts.", "person_said": "I like it there.", "person_how": "",
    "person_because": "",
}  # fmt: skip


def closed(world: World, who: int, team: dict[str, str] | None = None, **said: Any) -> Made:
    """Closed today, with a next look in eight weeks."""
    made = opened(world, who, team)
    read(world, made)
    on = timezone.localdate() + timedelta(days=56)
    made.closing = add(
        world, "closing", made, made_by(world, made),
        **({"least": ["genuine"], "next_on": on, "fades_on": on + timedelta(days=28)}
           | CLOSING | said),
    )  # fmt: skip
    return made


def said_since(world: World, made: Made, **said: Any) -> UUID:
    """What the person said to it later."""
    given = {"words": "I’d have said so at once.", "rather_not": False} | said
    return add(world, "saidsince", made, made_by(world, made), **given)


NOT_YET = {
    "person_said": "", "person_how": "not-yet", "person_because": "They were at court.",
}  # fmt: skip
