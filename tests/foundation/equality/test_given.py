"""Whoever asks for everything about themself is given their own word, by data protection alone."""

import json

import pytest
from django.db import connection
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.foundation.equality.equality_world import declare
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("who", "given"), [("data-protection-officer", True), ("case-lead", False)]
)
def test_data_protection_gives_it_and_nobody_who_works_with_them(
    world: World, who: str, given: bool
) -> None:
    declare(world, world.people["Amir Kaya"], belief="humanist")
    request = world.insert(
        "disclosures_accessrequest", id=new_key(), person_id=world.people["Amir Kaya"],
        recipient="Amir Kaya", asked_on=timezone.localdate(), justification="Prison Act.",
        withheld=[], withheld_because="", names_staff=False, decided_by_id=world.staff[who],
        decided_at=timezone.now(),
    )  # fmt: skip
    with world.viewing(who), connection.cursor() as cursor:
        cursor.execute("select daybook.everything(%s)", [request])
        found = cursor.fetchone()[0]
    found = json.loads(found) if isinstance(found, str) else found
    assert ("declaration" in found) is given
    assert ("humanist" in json.dumps(found)) is given
    assert "person" in found
