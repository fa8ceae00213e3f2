"""One shift on the landing, from unlock to handover, in the hand, with the network off and on."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.observe.safety.safety_world import add_note
from tests.world import World

from .waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def screens(browser: Browser, world: World, live_server: Any) -> Iterator[list[Page]]:
    """A telephone on the landing, and the desk of whoever comes next."""
    world.assign(world.add_staff("second-officer"), "wing-officer", unit="a")
    opened = []
    for who, width in (("wing-officer", 390), ("second-officer", 1440)):
        screen = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 844}
        )
        session = world.client(who).cookies["sessionid"].value
        screen.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        opened.append(screen.new_page())
        opened[-1].goto("/")
    yield opened
    for page in opened:
        page.context.close()


def test_from_unlock_to_handover(screens: list[Page], world: World) -> None:
    landing, desk = screens
    add_note(world, "Amir Kaya", "staff")

    # Before the doors are opened: what to know, and nothing of why.
    landing.get_by_role("link", name="Wing", exact=True).click()
    landing.get_by_role("link", name="Know before you unlock").click()
    expect(landing.get_by_text("2 staff: one speaks, one stands back")).to_be_visible()
    expect(landing.get_by_text("Said so on arrival.")).to_have_count(0)

    # Along the landing, where there is no network.
    landing.get_by_role("link", name="Wing", exact=True).click()
    landing.get_by_role("link", name="Quick round").click()
    landing.get_by_role("link", name="Carry it with you").click()
    amir = landing.locator("li[data-person]").filter(has_text="Amir K.")
    expect(amir.get_by_text("2 staff: one speaks, one stands back")).to_be_visible()
    landing.context.set_offline(True)
    amir.get_by_role("link").click()
    landing.get_by_role("button", name="Write more").click()
    landing.get_by_text("talk", exact=True).click()
    landing.get_by_text("clearly", exact=True).click()
    landing.get_by_text("seen or heard").click()
    landing.get_by_role("textbox", name="seen or heard").fill("Asked twice when he may call home.")
    landing.get_by_role("button", name="Save").click()
    expect(amir.locator(".state")).to_have_text("Sealed, waits to be sent")
    landing.context.set_offline(False)
    expect(amir.locator(".state")).to_have_text("Saved")

    # A promise, and what stands nowhere else.
    landing.get_by_role("link", name="Wing", exact=True).click()
    landing.get_by_role("link", name="Amir K.").first.click()
    landing.get_by_role("link", name="What was asked").click()
    landing.get_by_label("What was asked").fill("A call home before Sunday")
    landing.get_by_role("button", name="Write it down").click()
    expect(landing.get_by_text("A call home before Sunday")).to_be_visible()
    landing.goto("/")
    landing.get_by_role("link", name="Handover").first.click()
    landing.get_by_label("For the next shift").fill("The kettle is with the works team.")
    landing.get_by_role("button", name="Add the note").click()

    # The log has written itself; the next shift reads it and signs.
    desk.get_by_role("link", name="Handover").first.click()
    desk.get_by_role("link", name="Read it and sign").click()
    for told in ("Amir K.", "A call home before Sunday", "The kettle is with the works team."):
        expect(desk.get_by_text(told).first).to_be_visible()
    desk.get_by_role("button", name="I have read this").click()
    expect(desk.get_by_role("button", name="I have read this")).to_have_count(0)
    landing.reload()
    expect(landing.get_by_text("A. Second Officer")).to_be_visible()
    assert world.owner.execute(
        "select contact, difference, seen_heard from reflections_reflection"
    ).fetchall() == [("talk", "clearly", "Asked twice when he may call home.")]


def test_the_evacuation_list_prints_in_one_touch(screens: list[Page], world: World) -> None:
    landing, _desk = screens
    add_note(world, "Amir Kaya", "evacuation")
    landing.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; }")
    landing.reload()
    landing.get_by_role("link", name="Evacuation list").click()
    expect(landing.get_by_text("needs an arm on the stairs")).to_be_visible()
    until(landing, "window.printed === 1")
    landing.emulate_media(media="print")
    expect(landing.get_by_text("Amir Kaya")).to_be_visible()
    expect(landing.get_by_role("link", name="Print it")).to_be_hidden()
