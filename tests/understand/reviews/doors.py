"""A review at each of its stages about one person, by what addresses call their keys."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.understand.reviews.furnished import (
    CLOSING,
    NOT_YET,
    add,
    closed,
    gathering,
    opened,
    rating,
)
from tests.world import World

Given = dict[str, Any]
HELD = """
    select role from access_assignment
     where staff_id = %s and role in ('case-lead', 'head-of-unit', 'personal-officer',
        'wing-officer') order by role limit 1
"""


def at_each_stage(world: World, person: str, *, lead: str, officer: str, second: str) -> Given:
    """Four reviews: one gathers, one is rated, one is open, one ended before the person could be
    asked. ``second`` is asked into the first."""

    def held(name: str) -> str:
        found = world.owner.execute(HELD, [world.staff[name]]).fetchone()
        assert found
        return str(found[0])

    who, team = world.people[person], {lead: held(lead), officer: held(officer)}
    gathers, rates, open_one = (make(world, who, team) for make in (gathering, rating, opened))
    ended = closed(world, who, team, **NOT_YET)
    asked = add(
        world, "member", gathers, world.staff[lead], staff_id=world.staff[second], part=held(second)
    )
    record = world.add_reflection(
        person, officer, seen_heard="Swept the stairs.", saved_at=timezone.now()
    )
    return {
        "joint": gathers.review, "taking_part": asked, "laid": gathers.items[0],
        "explanation": gathers.explanations["habit"], "tested_by": gathers.test,
        "laid_from": "reflection", "source_record": record, "dimension": "depth", "group": "work",
        "rated": rates.review, "to rate": rates.items, "opened": open_one.review,
        "of_item": open_one.items[0], "beside": open_one.explanations["genuine"],
        "ended": ended.review,
    }  # fmt: skip


def rated_once(given: Given) -> Given:
    return {f"{item.hex}.genuine": "fits" for item in given["to rate"]}


def a_closing(given: Given) -> Given:
    on = timezone.localdate() + timedelta(days=56)
    said = {name: value for name, value in CLOSING.items() if value not in ("", True)}
    return {"key": new_key(), "least": ["unknown"], "next_on": on.isoformat(),
            "nobody_differs": "on", **said}  # fmt: skip
