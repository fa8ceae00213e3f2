"""Whatever a page offers, whoever reads it can open."""

import pytest

from daybook.foundation.access.roles import CLERK, ROLES
from tests.observe.reflections.person_world import well_known
from tests.walk import walk
from tests.world import World


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_link_leads_to_a_page_that_is_not_there_for_its_reader(world: World) -> None:
    well_known(world)
    dead = {
        f"{role.key}: {stop.linked_from} → {stop.url}": stop.status
        for role in ROLES.values()
        if role is not CLERK
        for stop in walk(world.client(role.key))
        if stop.status != 200
    }
    assert dead == {}
