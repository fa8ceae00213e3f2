"""Observations as they stand once somebody signed them, for tests."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.world import World

FACT = "He said quetzalcoatl through the hatch, and laughed."


def add_observation(world: World, by: str = "wing-officer", **values: Any) -> uuid.UUID:
    """One about b-officer, seen yesterday in prison north."""
    now = timezone.now()
    return world.insert(
        "conduct_observation",
        **{
            "id": new_key(), "about_id": world.staff["b-officer"], "about_words": "",
            "fact": FACT, "seen_on": (now - timedelta(days=1)).date(), "place": "the twos, 07:45",
            "establishment_id": world.establishments["north"],
            "written_by_id": world.staff[by], "written_at": now,
        } | values,
    )  # fmt: skip


def add_outcome(world: World, observation: uuid.UUID, words: str = "", **values: Any) -> uuid.UUID:
    """That it arrived; with ``words``, that it was answered."""
    now, custodian = timezone.now(), world.staff["complaints-custodian"]
    answered = {"closed_at": now, "closed_by_id": custodian} if words else {}
    return world.insert(
        "conduct_outcome", id=new_key(), observation_id=observation, received_at=now,
        received_by_id=custodian, words=words,
        **{"establishment_id": world.establishments["north"]} | answered | values,
    )  # fmt: skip


def said(world: World, **more: Any) -> dict[str, Any]:
    """A form that is taken as it is."""
    return {
        "key": str(new_key()), "about": world.staff["b-officer"], "about_words": "",
        "fact": FACT, "seen_on": timezone.localdate().isoformat(), "place": "the twos, 07:45",
        "establishment": world.establishments["north"], "number": "",
    } | more  # fmt: skip
