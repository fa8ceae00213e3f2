"""Notes as they stand once somebody wrote them, for tests."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.world import World

WORDS = {
    "keep-apart": "showers at other times",
    "staff": "one speaks, one stands back",
    "medical": "the inhaler stays with him",
    "evacuation": "needs an arm on the stairs",
    "interpreter": "Arabic, by phone",
}


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def add_note(world: World, person: str, kind: str = "medical", **values: Any) -> uuid.UUID:
    """One note about somebody, written by the wing's officer, to be looked at in a week."""
    return world.insert(
        "safety_unlocknote",
        **{
            "id": new_key(), "person_id": world.people[person], "kind": kind,
            "instruction": WORDS[kind], "reason": "Said so on arrival.",
            "staff_needed": 2 if kind == "staff" else None,
            "written_by_id": world.staff["wing-officer"], "written_at": timezone.now(),
            "review_on": in_days(7), "ended_because": "",
        } | values,
    )  # fmt: skip


def keep_apart(world: World, one: str, other: str, **values: Any) -> tuple[uuid.UUID, uuid.UUID]:
    """The two notes of a keep-apart."""
    pair = new_key()
    return (
        add_note(world, one, "keep-apart", pair=pair, apart_from_id=world.people[other], **values),
        add_note(world, other, "keep-apart", pair=pair, apart_from_id=world.people[one], **values),
    )


def said(**more: Any) -> dict[str, Any]:
    """A form that is taken as it is."""
    return {
        "key": str(new_key()), "kind": "medical", "instruction": "Bring the inhaler.",
        "reason": "The nurse asked.", "review_on": in_days(14).isoformat(),
    } | more  # fmt: skip


def move(world: World, person: str, unit: str) -> None:
    world.owner.execute(
        "update people_stay set unit_id = %s, cell_id = null"
        " where person_id = %s and ended_at is null",
        [world.units[unit], world.people[person]],
    )
