"""Concerns and plans as they stand once somebody made them, and time moved on, for tests."""

import uuid
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.world import World

from .safety_world import in_days


def ago(minutes: float) -> Any:
    return timezone.now() - timedelta(minutes=minutes)


def add_concern(
    world: World, person: str = "Amir Kaya", minutes_ago: float = 0, **values: Any
) -> uuid.UUID:
    """A concern raised so long ago by the wing's officer; nobody has been called for it yet."""
    return world.insert(
        "safety_concern",
        **{
            "id": new_key(), "person_id": world.people[person], "kind": "self-harm", "words": "",
            "establishment_id": world.establishments["south" if person == "Cem Demir" else "north"],
            "raised_by_id": world.staff["wing-officer"], "raised_at": ago(minutes_ago),
            "noticed_at": ago(minutes_ago), "ended_how": "", "ended_words": "",
        } | values,
    )  # fmt: skip


def taken_up(world: World, by: str = "duty-manager", minutes_ago: float = 0) -> dict[str, Any]:
    return {"acknowledged_by_id": world.staff[by], "acknowledged_at": ago(minutes_ago)}


def add_plan(
    world: World, person: str = "Amir Kaya", minutes_ago: float = 0, **values: Any
) -> uuid.UUID:
    """A plan to look in every half hour, made so long ago."""
    return world.insert(
        "safety_plan",
        **{
            "id": new_key(), "person_id": world.people[person], "what": "Knock, say his name.",
            "who": "The officer on the landing", "helps": "Tea, and the radio.",
            "every_minutes": 30, "made_by_id": world.staff["wing-officer"],
            "made_at": ago(minutes_ago), "review_on": in_days(3), "handed_back_to": "",
            "handed_back_because": "",
        } | values,
    )  # fmt: skip


def add_look(
    world: World, plan: uuid.UUID, person: str = "Amir Kaya", minutes_ago: float = 0
) -> Any:
    return world.insert(
        "safety_check", id=new_key(), plan_id=plan, person_id=world.people[person],
        checked_by_id=world.staff["wing-officer"], checked_at=ago(minutes_ago), spoke=True,
        words="",
    )  # fmt: skip


def add_turn(
    world: World, who: str, duty: str, *, since: float = 60, until: float = 240
) -> uuid.UUID:
    """A turn of duty in the north, from so many minutes ago until so many from now."""
    return world.insert(
        "safety_turn", id=new_key(), establishment_id=world.establishments["north"], duty=duty,
        staff_id=world.staff[who], since=ago(since), until=ago(-until),
    )  # fmt: skip


def raise_it(world: World, by: str = "wing-officer", person: str = "Amir Kaya", **said: Any) -> Any:
    url = reverse("safety:raise-for", args=[world.people[person]])
    return world.client(by).post(url, {"key": str(new_key()), "kind": "self-harm"} | said)


def raised(world: World, columns: str = "id") -> list[Any]:
    return world.owner.execute(
        f"select {columns} from safety_concern order by raised_at"
    ).fetchall()


def send(world: World, name: str, of: Any, by: str, /, **said: Any) -> Any:
    return world.client(by).post(reverse(f"safety:{name}", args=[of]), said)


def called(world: World) -> dict[str, set[str]]:
    """Who was called in each step."""
    rows = world.owner.execute(
        "select c.step, s.username from safety_call c join staff_staff s on s.id = c.staff_id"
    ).fetchall()
    steps: dict[str, set[str]] = {}
    for step, name in rows:
        steps.setdefault(step, set()).add(name)
    return steps


def notices(world: World, kind: str = "concern", *, waiting: bool = True) -> set[str]:
    rows = world.owner.execute(
        "select s.username from duties_notice n join staff_staff s on s.id = n.staff_id"
        " where n.kind = %s and (n.answered_at is null) = %s", [kind, waiting],
    )  # fmt: skip
    return {name for (name,) in rows}
