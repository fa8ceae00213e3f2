"""What was laid from a record goes with it: nothing that was erased is said again on a board."""

import pytest

from daybook.foundation.registry.keys import new_key
from daybook.understand.reviews.actions import gathering
from tests.foundation.erasure_world import (
    SECRET,
    leave,
    list_now,
    listed,
    old_reflection,
    tables_with,
)
from tests.foundation.test_erasure import approve, propose
from tests.understand.reviews.furnished import LEAD, add, mark
from tests.understand.reviews.furnished import gathering as one_that_gathers
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

AMIR = "Amir Kaya"


def test_an_item_is_erased_with_the_record_it_was_laid_from(world: World) -> None:
    made = one_that_gathers(world, world.people[AMIR])
    entry, laid = old_reflection(world, AMIR), new_key()
    with world.viewing(LEAD) as viewer:
        gathering.lay(
            by=viewer, review=made.review, key=laid, dimension="depth", source="reflection",
            what="said", words=SECRET, innocent="A riddle.", record_kind="reflection",
            record=entry,
        )  # fmt: skip
    mark(world, made, LEAD, laid, genuine="fits")
    add(
        world, "hypothesistest", made, world.staff[LEAD], evidence_id=laid,
        hypothesis_id=made.explanations["habit"],
    )  # fmt: skip
    assert tables_with(world, SECRET) == [
        "public.reflections_reflection",
        "public.reviews_evidence",
    ]
    leave(world, AMIR)
    list_now()
    with world.viewing("governor"):
        world.due = listed("reflection", made.person)  # type: ignore[attr-defined]
    propose(world)
    approve(world)
    assert tables_with(world, SECRET) == []
    left = world.owner.execute("select count(*) from reviews_evidence").fetchone()
    assert left == (len(made.items),)
