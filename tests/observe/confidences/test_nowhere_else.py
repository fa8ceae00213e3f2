"""What is told in confidence stands on no page, in no list and in no count but its own."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from daybook.foundation.registry import providers
from daybook.foundation.registry.providers import Providers
from tests.paper import pages
from tests.security.doors import DOORS, furnish, takes, url
from tests.world import World

from .confidence_world import AMIR, ask, write

SOURCE = Path(__file__).resolve().parents[3] / "src" / "daybook"
HERE = SOURCE / "observe" / "confidences"
LOOKING = (
    "wing-officer", "head-of-unit", "governor", "case-lead", "analyst", "administrator",
    "data-protection-officer", "chaplain",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", LOOKING)
def test_no_page_shows_it_but_its_own(world: World, who: str) -> None:
    world.add_staff("a-officer", "wing-officer", "personal-officer", unit="a")
    # All that ``furnish`` has sealed is this one word.
    given = furnish(world, "a", AMIR, officer="head-of-unit", second="a-officer", lead="case-lead")
    client, shown = world.client(who), []
    for name, door in DOORS.items():
        if door.get is None or name.startswith("confidences:"):
            continue
        answer = client.get(url(name, given), {"q": "quetzal"} if not takes(name) else {})
        on_paper = answer["Content-Type"] == "application/pdf"
        text = " ".join(pages(answer.content)) if on_paper else answer.content.decode()
        if "quetzalcoatl" in text:
            shown.append(name)
    assert shown == []


@pytest.mark.django_db(transaction=True)
def test_no_page_is_other_for_it(world: World) -> None:
    """To all but those who hear, a person's page is the same before and after."""
    addresses = [f"/people/{world.people[AMIR]}/", "/wing/a/", "/", "/wing/a/handover/"]

    def looks(who: str) -> list[str]:
        client = world.client(who)
        found = [client.get(address).content.decode() for address in addresses]
        token = re.compile(r"[0-9a-f-]{36}|[A-Za-z0-9]{64}|\d\d:\d\d(:\d\d)?(\.\d+)?")
        mains = [text[text.index("<main") : text.index("</main")] for text in found]
        return [token.sub("", text) for text in mains]

    watching = ("wing-officer", "duty-manager", "case-lead")
    before = {who: looks(who) for who in watching}
    write(world)
    write(world, "psychologist")
    ask(world, by="personal-officer")
    assert {who: looks(who) for who in watching} == before


@pytest.mark.django_db(transaction=True)
def test_no_provider_tells_of_it(world: World) -> None:
    write(world)
    write(world, "psychologist")
    person, now = world.people[AMIR], timezone.now()
    asked: dict[str, dict[str, Any]] = {
        "timeline": {"person_id": person, "before": None, "limit": 100},
        "first": {"people": [person]},
        "due": {"people": [person], "until": timezone.localdate() + timedelta(days=400)},
        "aside": {"person_id": person},
        "shift": {
            "unit_id": world.units["a"], "since": now - timedelta(days=30),
            "until": now + timedelta(days=1),
        },
    }  # fmt: skip
    kinds = {name: each for name, each in vars(providers).items() if isinstance(each, Providers)}
    for who in ("wing-officer", "chaplain", "psychologist", "oversight", "governor"):
        with world.viewing(who) as viewer:
            for name, arguments in asked.items():
                for provider in kinds[name]:
                    told = provider(viewer=viewer, **arguments)
                    assert "quetzalcoatl" not in repr(told), (who, name)


def test_the_room_offers_the_way_in_and_nothing_else() -> None:
    offered = [
        (name, key)
        for name, registered in vars(providers).items()
        if isinstance(registered, Providers)
        for key, provider in registered.known.items()
        if "confidences" in getattr(provider, "__module__", "")
    ]
    assert offered == [("aside", "in confidence")]


def test_no_other_room_asks_this_one() -> None:
    known = [
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if not file.is_relative_to(HERE)
        and "confidences" in file.read_text("utf-8")
        and file.name not in {"settings.py", "urls.py", "context.py"}
        # In which order tables are laid tells of no note.
        and file.parent.name != "migrations"
    ]
    assert [name for name in known if not name.startswith("demo/")] == []


def test_no_table_points_here() -> None:
    pointing = [
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model._meta.app_label == "confidences"
        and model._meta.app_label != "confidences"
    ]
    assert pointing == []
