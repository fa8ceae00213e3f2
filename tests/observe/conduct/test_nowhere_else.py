"""What is written about a colleague stands on no page, in no list and in no count but its own."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from daybook.foundation.registry import providers
from daybook.foundation.registry.providers import Providers
from daybook.observe.conduct.models import Observation, Outcome
from tests.paper import pages
from tests.security.doors import DOORS, furnish, takes, url
from tests.world import World

from .conduct_world import add_observation, add_outcome

SOURCE = Path(__file__).resolve().parents[3] / "src" / "daybook"
HERE = SOURCE / "observe" / "conduct"
ITS_OWN = {"conduct:mine", "conduct:received", "conduct:received-one"}
# The subject, whoever leads them, and those who look from outside.
LOOKING = (
    "b-officer", "wing-officer", "head-of-unit", "duty-manager", "governor", "oversight",
    "case-lead", "administrator", "data-protection-officer", "complaints-custodian",
)  # fmt: skip


@pytest.fixture
def written(world: World) -> World:
    """One that names Amir as harmed and one answered, both about the officer of wing b."""
    add_observation(world, person_id=world.people["Amir Kaya"])
    add_outcome(world, add_observation(world, by="case-lead"), "We spoke about it.")
    return world


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", LOOKING)
def test_no_page_shows_it_but_its_own(written: World, who: str) -> None:
    written.add_staff("a-officer", "wing-officer", "personal-officer", unit="a")
    given = furnish(
        written, "a", "Amir Kaya", officer="head-of-unit", second="a-officer", lead="case-lead"
    )
    client, shown = written.client(who), []
    for name, door in DOORS.items():
        if door.get is None or name in ITS_OWN:
            continue
        answer = client.get(url(name, given), {"q": "quetzalcoatl"} if not takes(name) else {})
        on_paper = answer["Content-Type"] == "application/pdf"
        text = " ".join(pages(answer.content)) if on_paper else answer.content.decode()
        # What was typed into the search stands in its box.
        if "quetzalcoatl through" in text or "07:45" in text:
            shown.append(name)
    assert shown == []


@pytest.mark.django_db(transaction=True)
def test_no_provider_tells_of_it(written: World) -> None:
    person, now = written.people["Amir Kaya"], timezone.now()
    asked: dict[str, dict[str, Any]] = {
        "timeline": {"person_id": person, "before": None, "limit": 100},
        "first": {"people": [person]},
        "due": {"people": [person], "until": timezone.localdate() + timedelta(days=400)},
        "aside": {"person_id": person},
        "before_move": {"person_id": person, "unit_id": written.units["b"], "cell": ""},
        "goes_along": {"person_id": person},
        "shift": {
            "unit_id": written.units["a"], "since": now - timedelta(days=30),
            "until": now + timedelta(days=1),
        },
        "waiting": {},
        "beside_entries": {"person_id": person, "entries": []},
        "written": {"words": ["quetzalcoatl"], "limit": 100},
    }  # fmt: skip
    kinds = {name: each for name, each in vars(providers).items() if isinstance(each, Providers)}
    assert kinds.keys() == asked.keys()
    for who in LOOKING:
        with written.viewing(who) as viewer:
            for name, registered in kinds.items():
                for provider in registered:
                    told = provider(viewer=viewer, **asked[name])
                    given = list(told.items()) if hasattr(told, "items") else list(told)
                    assert "quetzalcoatl" not in repr(given), (who, name)


def test_the_room_offers_nothing_to_other_pages() -> None:
    offered = [
        key
        for registered in vars(providers).values()
        if isinstance(registered, Providers)
        for key, provider in registered.known.items()
        if provider.__module__.startswith("daybook.observe.conduct")
    ]
    assert offered == []


def test_nothing_else_in_the_house_knows_it() -> None:
    """No case, no export, no task and no page of another room imports it or points to it."""
    knowing = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if HERE not in file.parents and "observe.conduct" in file.read_text("utf-8")
    }
    assert knowing == {"config/settings.py", "config/urls.py", "demo/fill/conduct.py"}
    pointing = {
        model
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is Observation
    }
    assert pointing == {Outcome}
    in_sql = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*")
        if file.suffix in {".py", ".sql"}
        and re.search(r"conduct_(observation|outcome)", file.read_text("utf-8"))
    }
    assert all(name.startswith("observe/conduct/") for name in in_sql)


def test_nothing_is_counted_least_of_all_by_colleague() -> None:
    counting = re.compile(
        r"\bcount\(|Count\(|aggregate\(|annotate\(|group by|having|\|length|\blen\(", re.IGNORECASE
    )
    found = sorted(
        f"{file.relative_to(HERE)}: {each.group()}"
        for file in HERE.rglob("*")
        if file.suffix in {".py", ".sql", ".html"}
        for each in counting.finditer(file.read_text("utf-8"))
    )
    # Whether there is just one establishment, one person of a number; how long a part of a name
    # is; how many custodians there are, for the grammar of a sentence.
    length = "templates/conduct/tell.html: |length"
    assert found == ["queries.py: len(", "queries.py: len(", "rules.py: len(", length]


@pytest.mark.django_db(transaction=True)
def test_the_browser_keeps_nothing_of_it(world: World) -> None:
    html = world.client("wing-officer").get("/conduct/")
    form = re.search(r'<form method="post" novalidate.*?</form>', html.content.decode(), re.DOTALL)
    assert form is not None
    assert "data-draft" not in form.group()
    assert 'autocomplete="off"' in form.group().partition(">")[0]
    assert html["Cache-Control"] == "no-store"
