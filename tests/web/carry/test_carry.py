"""The carried page: everyone on the unit, and what one must know of them, in one document."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daybook.foundation.registry.keys import new_key
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

ME = "wing-officer"


def page(world: World, name: str = ME) -> Any:
    return world.client(name).get("/carry/wing/a/")


def add_note(world: World, person: int) -> None:
    world.insert(
        "safety_unlocknote", id=new_key(), person_id=person, kind="medical", reason="Asked.",
        instruction="Bring the inhaler.", written_by_id=world.staff[ME], ended_because="",
        written_at="2026-01-01T10:00Z", review_on="2026-01-20",
    )  # fmt: skip


def test_it_holds_everyone_and_what_to_know_before_a_door_is_opened(world: World) -> None:
    add_note(world, world.people["Jonas Petit"])
    answer = page(world)
    html = answer.content.decode()
    assert html.index("Amir K.") < html.index("Jonas P.") < html.index("Bring the inhaler.")
    assert "Bao" not in html
    assert answer["Cache-Control"] == "no-store"
    # Whose page it is and what it seals to; no key that opens anything.
    assert "data-stamp=" in html
    assert "&quot;d&quot;" not in html


def test_whoever_writes_and_does_not_read_carries_names_and_the_short_form(world: World) -> None:
    add_note(world, world.people["Jonas Petit"])
    html = page(world, "activity-staff").content.decode()
    assert "Jonas P." in html
    assert 'name="seen_heard"' in html
    assert 'name="reading"' not in html


def test_the_forms_are_drawn_once_however_many_people_there_are(world: World) -> None:
    sizes = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            html = page(world).content.decode()
        sizes.append((len(asked), len(re.findall(r"<template", html))))
        for person in world.add_people(20, "a"):
            add_note(world, person)
    assert sizes[0] == sizes[1]
    assert sizes[0][1] == 4


def test_what_stands_in_for_a_page_without_the_network_tells_of_nobody(world: World) -> None:
    client = world.client(ME)
    signed_in = client.get("/carry/offline/").content.decode()
    assert "No network just now" in signed_in
    assert "Wing Officer" not in signed_in
    worker = client.get("/carry/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert re.search(
        r'"/static/ui/waiting[^"]*\.js"', worker.content.decode().replace("\\u002D", "-")
    )
