"""What happens to people out of somebody's reach changes no page that they read, by no letter.

A name is not needed to tell: a count that grows, a line that moves or a button that appears says
that something happened to somebody. So each page is read, things happen elsewhere, and it is
read again.
"""

import re

import pytest
from django.test import Client

from daybook.foundation.access.roles import Reach, Role
from tests.security.doors import DOORS, STAFF_ROLES, Given, furnish, url
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ON_A_WING = {Reach.UNIT, Reach.OWN, Reach.CASE, Reach.CASE_ACROSS}
# Their office is the whole service, though they reach nobody.
OFFICES = {"data-protection-officer", "complaints-custodian"}
# Who is on duty in the prison, whom something may be told of, who is trained for what: colleagues,
# and nobody else.
ABOUT_COLLEAGUES = {"safety:on-duty", "conduct:tell", "training:who-is-trained"}
# Lists every page that was read of one's own person, so reading for this test adds to it.
GROWS_BY_READING = {"cases:looks"}
# What differs between two readings of a page though nothing happened.
FRESH = re.compile(
    r'name="(csrfmiddlewaretoken|until)" value="[^"]+"|"X-CSRFToken": "\w+"|nonce="[^"]+"'
    # A form has a key of its own each time.
    r"|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
    # Sealed anew for the device, the time now, and how long a meeting has lasted.
    r'|data-(carry|stamp)="[^"]+"|\b\d\d:\d\d(:\d\d)?\b|just begun|\d+ minutes? together'
)


@pytest.fixture
def here(world: World) -> Given:
    world.add_staff("a-officer", "wing-officer", "personal-officer", unit="a")
    return furnish(
        world, "a", "Amir Kaya", officer="head-of-unit", second="a-officer", lead="case-lead"
    )


def test_what_happens_elsewhere_changes_no_page(world: World, here: Given) -> None:
    roles = [
        role for role in STAFF_ROLES if role.reach is not Reach.SERVICE and role.key not in OFFICES
    ]
    clients = {role.key: world.client(role.key) for role in roles}
    before = {role.key: pages(clients[role.key], role, here) for role in roles}
    assert sum(map(len, before.values())) > 600

    def changed(role: Role) -> list[str]:
        after = pages(clients[role.key], role, here)
        read = before[role.key].items()
        return [f"{role.key}: {name}" for name, text in read if after.get(name) != text]

    much_happens(world, "c", "Cem Demir")
    told = [page for role in roles if role.reach not in ON_A_WING for page in changed(role)]
    much_happens(world, "b", "Bao Tran")
    told += [page for role in roles if role.reach in ON_A_WING for page in changed(role)]
    assert told == []
    # Wing b is within the reach of whoever leads the prison: there it does show.
    governor = next(role for role in roles if role.key == "governor")
    assert {"governor: home", "governor: safety:concerns"} <= set(changed(governor))


def much_happens(world: World, unit: str, person: str) -> None:
    """Something of every kind about somebody on a unit, and somebody new beside them."""
    first, second, lead = f"{unit}-first", f"{unit}-second", f"{unit}-lead"
    for name in (first, second):
        world.add_staff(name, "wing-officer", "personal-officer", unit=unit)
    world.add_staff(lead, "case-lead")
    furnish(world, unit, person, officer=first, second=second, lead=lead)
    world.add_person(f"Newly{unit} Admitted", unit)


def pages(client: Client, role: Role, here: Given) -> dict[str, str]:
    """What a role reads at every door that opens to it, without what is fresh each time."""
    read = {}
    for name, door in DOORS.items():
        if door.get and door.get(role) and name not in ABOUT_COLLEAGUES | GROWS_BY_READING:
            answer = client.get(url(name, here))
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                read[name] = FRESH.sub("", answer.content.decode())
    return read
