"""A shift hands over to the next, at two screens, and a promise goes with it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_desk(world: World, live_server: Any, browser: Browser) -> Any:
    """A screen of one's own for whoever is named, until the test ends."""
    screens: list[BrowserContext] = []

    def sit_down(who: str, width: int = 1440, **more: Any) -> Page:
        screen = browser.new_context(viewport={"width": width, "height": 844}, **more)
        screens.append(screen)
        session = world.client(who).cookies["sessionid"].value
        screen.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = screen.new_page()
        page.goto(live_server.url)
        return page

    yield sit_down
    for screen in screens:
        screen.close()


def test_a_shift_hands_over_to_the_next(world: World, at_desk: Callable[..., Page]) -> None:
    world.assign(world.add_staff("second-officer"), "wing-officer", unit="a")
    leaving, coming = at_desk("wing-officer", width=390), at_desk("second-officer")
    amir = reverse("shifts:asked-by", args=[world.people["Amir Kaya"]])
    # The one who leaves was asked for something, promised it, and adds a note.
    leaving.goto(leaving.url.rstrip("/") + amir)
    leaving.get_by_label("What was asked").fill("A call with my mother")
    leaving.get_by_label("Who promised").select_option(label="A. Second Officer")
    leaving.get_by_label("By when").fill("2099-01-01")
    leaving.get_by_role("button", name="Write it down").click()
    expect(leaving.get_by_text("Choose a day within a year.").first).to_be_visible()
    expect(leaving.get_by_label("What was asked")).to_have_value("A call with my mother")
    leaving.get_by_label("Who promised").select_option(value="")
    leaving.get_by_label("By when").fill("")
    leaving.get_by_role("button", name="Write it down").click()
    leaving.goto(leaving.url.replace(amir, "/"))
    leaving.get_by_role("link", name="Handover").click()
    expect(leaving.get_by_text("A call with my mother")).to_be_visible()
    leaving.get_by_label("For the next shift").fill("The kettle is with the works team.")
    leaving.get_by_role("button", name="Add the note").click()
    # The one who comes reads it all and signs.
    coming.get_by_role("link", name="Handover").click()
    coming.get_by_role("link", name="Read it and sign").click()
    expect(coming.get_by_text("The kettle is with the works team.")).to_be_visible()
    coming.get_by_role("button", name="I have read this").click()
    expect(coming.get_by_role("button", name="I have read this")).to_have_count(0)
    # What is added now shows to them apart; the other sees who has read.
    leaving.get_by_label("For the next shift").fill("It is back.")
    leaving.get_by_role("button", name="Add the note").click()
    expect(leaving.get_by_text("A. Second Officer")).to_be_visible()
    coming.reload()
    since = coming.locator("section", has=coming.get_by_role("heading", name="Since you signed"))
    expect(since.get_by_text("It is back.")).to_be_visible()
    expect(since.get_by_text("The kettle")).to_have_count(0)


def test_it_works_without_script(world: World, at_desk: Callable[..., Page]) -> None:
    page = at_desk("wing-officer", java_script_enabled=False)
    page.get_by_role("link", name="Handover").click()
    page.get_by_label("For the next shift").fill("Tea urn is mended.")
    page.get_by_role("button", name="Add the note").click()
    page.get_by_role("link", name="Read it and sign").click()
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("Read by")).to_be_visible()
    expect(page.get_by_text("Tea urn is mended.")).to_be_visible()
