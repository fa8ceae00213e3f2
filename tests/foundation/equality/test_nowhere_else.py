"""What people say of themselves stands on no page, on no paper and in no answer of a provider."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from daybook.foundation.registry import providers
from daybook.foundation.registry.providers import Providers
from tests.foundation.equality.equality_world import declare
from tests.paper import pages
from tests.security.doors import DOORS, furnish, takes, url
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "xoloitzcuintle"
LOOKING = (
    "personal-officer", "head-of-unit", "governor", "case-lead", "analyst", "oversight",
    "data-protection-officer", "administrator",
)  # fmt: skip


@pytest.fixture
def declared(world: World) -> World:
    for person in world.people.values():
        declare(world, person, belief=WORD, origin=WORD)
    return world


@pytest.mark.slow
@pytest.mark.parametrize("who", LOOKING)
def test_no_page_shows_a_word_of_it(declared: World, who: str) -> None:
    declared.add_staff("a-officer", "wing-officer", "personal-officer", unit="a")
    given = furnish(
        declared, "a", "Amir Kaya", officer="head-of-unit", second="a-officer", lead="case-lead"
    )
    client, shown, opened = declared.client(who), [], 0
    for name, door in DOORS.items():
        if door.get is None:
            continue
        answer = client.get(url(name, given), {"q": WORD} if not takes(name) else {})
        opened += answer.status_code == 200
        on_paper = answer["Content-Type"] == "application/pdf"
        text = " ".join(pages(answer.content)) if on_paper else answer.content.decode()
        if WORD in text.lower():
            shown.append(name)
    assert opened > 5
    assert shown == []


def test_no_provider_tells_of_it(declared: World) -> None:
    person, now = declared.people["Amir Kaya"], timezone.now()
    asked: dict[str, dict[str, Any]] = {
        "timeline": {"person_id": person, "before": None, "limit": 100},
        "beside_entries": {"person_id": person, "entries": []},
        "first": {"people": [person]},
        "due": {"people": [person], "until": timezone.localdate() + timedelta(days=400)},
        "aside": {"person_id": person},
        "before_move": {"person_id": person, "unit_id": declared.units["b"], "cell": ""},
        "goes_along": {"person_id": person},
        "shift": {
            "unit_id": declared.units["a"], "since": now - timedelta(days=30),
            "until": now + timedelta(days=1),
        },
        "waiting": {},
        "written": {"words": [WORD], "limit": 20},
    }  # fmt: skip
    known = {name for name, each in vars(providers).items() if isinstance(each, Providers)}
    assert known == asked.keys()
    for who in ("personal-officer", "head-of-unit", "governor", "oversight"):
        with declared.viewing(who) as viewer:
            for name, given in asked.items():
                for provider in getattr(providers, name):
                    assert WORD not in str(list(provider(viewer=viewer, **given)))
