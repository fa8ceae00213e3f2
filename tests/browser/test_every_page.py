"""Every page hinders nobody: at each width, light and dark, by thumb, by key and by ear."""

import re
from itertools import cycle
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page, expect

from .conftest import Service
from .pages import (
    AT_THE_DOOR,
    FOR_MACHINES,
    KINDS,
    ON_PAPER,
    ONLY_SENT_TO,
    Kind,
    find,
    hard_to_touch,
    lost_to_the_keyboard,
    moves,
    wider_than_the_screen,
)

pytestmark = pytest.mark.browser

WIDTHS = {390: 844, 820: 1180, 1440: 900}
LOOKS = [(width, theme) for theme in ("light", "dark") for width in WIDTHS]
WHITE = "rgb(255, 255, 255)"
MAIN = [kind for kind in KINDS if kind.main]
IN_MARKUP = re.compile(r"<[^>]*\s(style|on[a-z]+)=|<style|<script(?![^>]*\ssrc=)", re.IGNORECASE)


def names(patterns: list[URLPattern | URLResolver], before: str = "") -> set[str]:
    """Every named address of the house."""
    found: set[str] = set()
    for each in patterns:
        if isinstance(each, URLResolver):
            inside = f"{before}{each.namespace}:" if each.namespace else before
            found |= names(each.url_patterns, inside)
        elif each.name:
            found.add(before + each.name)
    return found


@pytest.mark.parametrize(
    "room", ["safety", "shifts", "conduct", "carry", "cases", "contests", "reviews"]
)
def test_the_fictional_service_carries_something_of_everything(service: Service, room: str) -> None:
    tables = service.owner.execute(
        "select tablename from pg_tables where schemaname = 'public' and tablename like %s",
        [f"{room}\\_%"],
    ).fetchall()
    assert tables
    empty = [
        table
        for (table,) in tables
        if not service.owner.execute(f"select exists (select from {table})").fetchone()[0]
    ]
    assert empty == []


def test_no_page_is_left_out() -> None:
    every = names(get_resolver().url_patterns)
    listed = {kind.name for kind in KINDS}
    assert listed | ONLY_SENT_TO | AT_THE_DOOR | FOR_MACHINES | ON_PAPER == every
    assert len(MAIN) == 10


@pytest.mark.parametrize(("kind", "look"), list(zip(KINDS, cycle(LOOKS), strict=False)), ids=str)
def test_a_page_hinders_nobody(page: Page, service: Service, kind: Kind, look: Any) -> None:
    troubles = open_and_listen(page, service, kind, *look)
    assert troubles == []
    assert hard_to_touch(page) == []
    assert moves(page) == []
    assert lost_to_the_keyboard(page) == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("kind", MAIN, ids=str)
def test_a_main_page_hinders_nobody_at_any_width(
    page: Page, service: Service, kind: Kind, look: Any
) -> None:
    assert open_and_listen(page, service, kind, *look) == []
    assert hard_to_touch(page) == []
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert wider_than_the_screen(page) == [], "mirrored"


@pytest.mark.parametrize("name", ["reflections:minutes", "reflections:told"])
def test_a_printed_page_looks_printed(page: Page, service: Service, name: str) -> None:
    kind = next(kind for kind in KINDS if kind.name == name)
    go(page, service, kind, 820, "dark")
    page.emulate_media(media="print")
    expect(page.locator(".print-head")).to_contain_text("Daybook")
    expect(page.locator("main h1, .task-head h1").first).to_be_visible()
    for part in page.locator("header.desk, nav, button, .button, input:visible").all():
        expect(part).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == WHITE


def open_and_listen(page: Page, service: Service, kind: Kind, width: int, theme: Any) -> list[str]:
    """What the browser complains of, what axe finds, and what runs over the edge."""
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", lambda request: troubles.append(f"{request.url} failed"))
    html = go(page, service, kind, width, theme)
    troubles += [found.group() for found in IN_MARKUP.finditer(html)]
    troubles += wider_than_the_screen(page)
    for each in Axe().run(page).response["violations"]:
        troubles += [f"{each['id']}: {node['html'][:200]}" for node in each["nodes"]]
    return troubles


def go(page: Page, service: Service, kind: Kind, width: int, theme: Any) -> str:
    """Open the page as whoever comes to it; its markup as it was sent."""
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    username, args = find(service.owner, kind)
    answer = service.open(page, username, reverse(kind.name, args=args) + kind.query)
    assert answer.status == 200, f"{kind} answered {answer.status}"
    assert answer.request.redirected_from is None, f"{kind} led elsewhere"
    return answer.text()
