"""What people said of themselves, as it stands in the table, for tests."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.world import World


def declare(world: World, person: int, ago: int = 60, **said: str) -> uuid.UUID:
    """What one person said on one sheet, so many days ago: key of what was asked, of the answer."""
    sheet = new_key()
    for characteristic, word in said.items():
        world.insert(
            "equality_declaration", id=new_key(), person_id=person, characteristic=characteristic,
            said=word, way="screen", sheet=sheet, declared_at=timezone.now() - timedelta(days=ago),
        )  # fmt: skip
    return sheet


def held(world: World, name: str = "Amir Kaya") -> dict[str, str]:
    """What stands of somebody now, as the owner of the tables sees it."""
    rows = world.owner.execute(
        "select characteristic, said from equality_declaration"
        " where person_id = %s and withdrawn_at is null order by characteristic",
        [world.people[name]],
    )
    return dict(rows.fetchall())


def all_that_stands(world: World) -> list[Any]:
    return world.owner.execute(
        "select person_id, characteristic, said, withdrawn_at is null from equality_declaration"
        " order by characteristic, said desc"
    ).fetchall()
