"""Two officers at one desk: it locks, they change over, and each finds only their own words."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.desks import BADGE, COOKIE, PIN, a_desk, cookie_of, give_badge
from tests.world import PASSWORD, World

from .pages import lost_to_the_keyboard, wider_than_the_screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OTHER_BADGE, OTHER_PIN = "abcde-23456", "705142"
WORDS = "Said he sleeps badly since Tuesday."


@pytest.fixture
def shared(page: Page, world: World, live_server: Any) -> Page:
    """A browser at a known desk; two officers of the wing have badges."""
    world.add_staff("a-officer", "wing-officer", unit="a")
    give_badge(world, "wing-officer")
    give_badge(world, "a-officer", OTHER_BADGE, OTHER_PIN)
    cookie = {"name": COOKIE, "value": cookie_of(a_desk(world)), "url": live_server.url}
    page.context.add_cookies([cookie])
    page.clock.install()
    page.goto(live_server.url)
    return page


def come(page: Page, badge: str = BADGE, pin: str = PIN) -> None:
    """As a reader that ends each scan with Enter, then digits typed by hand."""
    expect(page.get_by_label("Badge")).to_be_focused()
    page.keyboard.type(badge)
    page.get_by_label("PIN").fill(pin)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lock")).to_be_visible()


def half_write(page: Page, world: World, live_server: Any) -> str:
    address: str = live_server.url + reverse(
        "reflections:reflect", args=[world.people["Amir Kaya"]]
    )
    page.goto(address)
    page.get_by_text("seen or heard").click()
    page.get_by_role("textbox", name="seen or heard").fill(WORDS)
    return address


def test_the_desk_locks_another_takes_over_and_the_words_wait(
    shared: Page, world: World, live_server: Any
) -> None:
    come(shared)
    address = half_write(shared, world, live_server)
    shared.clock.run_for("04:50")
    expect(shared.get_by_role("textbox", name="seen or heard")).to_have_value(WORDS)
    shared.clock.run_for("00:15")
    expect(shared.get_by_role("heading", name="Locked")).to_be_visible()
    expect(shared.get_by_label("Badge")).to_be_visible()
    assert not {"Amir", WORDS} & set(shared.content().split())
    assert WORDS not in shared.content()

    come(shared, OTHER_BADGE, OTHER_PIN)
    expect(shared).to_have_url(live_server.url + "/")
    shared.goto(address)
    expect(shared.get_by_role("heading", name="Amir K.")).to_be_visible()
    assert WORDS not in shared.content()
    expect(shared.locator(".draft-note")).to_have_count(0)
    shared.goto(live_server.url)
    shared.get_by_role("button", name="Lock").click()

    expect(shared.get_by_label("Badge")).to_be_visible()
    come(shared)
    shared.goto(address)
    expect(shared.get_by_role("textbox", name="seen or heard")).to_have_value(WORDS)


def test_lock_at_one_touch_and_back_to_the_same_page(
    shared: Page, world: World, live_server: Any
) -> None:
    come(shared)
    address = half_write(shared, world, live_server)
    shared.get_by_role("button", name="Lock").click()
    expect(shared.get_by_label("Badge")).to_be_visible()
    shared.go_back()
    expect(shared.get_by_role("textbox", name="seen or heard")).to_have_count(0)
    shared.goto(live_server.url + "/sign-in/?next=" + address.removeprefix(live_server.url))
    come(shared)
    expect(shared).to_have_url(address)
    expect(shared.get_by_role("textbox", name="seen or heard")).to_have_value(WORDS)


def test_every_tab_of_the_desk_is_cleared(shared: Page, world: World, live_server: Any) -> None:
    come(shared)
    half_write(shared, world, live_server)
    second = shared.context.new_page()
    second.goto(live_server.url)
    second.get_by_role("button", name="Lock").click()
    expect(second.get_by_label("Badge")).to_be_visible()
    expect(shared.get_by_role("heading", name="Locked")).to_be_visible()
    assert WORDS not in shared.content()
    expect(shared.get_by_role("link", name="Go on")).to_be_visible()


def test_whoever_writes_for_long_is_not_locked_out(
    shared: Page, world: World, live_server: Any
) -> None:
    come(shared)
    half_write(shared, world, live_server)
    world.owner.execute("update staff_signin set seen_at = now() - interval '4 minutes'")
    box = shared.get_by_role("textbox", name="seen or heard")
    for _ in range(6):
        shared.clock.run_for("01:10")
        with shared.expect_response("**/still-here/"):
            box.press("End")
            box.press_sequentially(".")
            shared.clock.run_for("00:02")
    expect(box).to_be_visible()
    unused = world.owner.execute("select now() - max(seen_at) from staff_signin").fetchone()[0]
    assert unused.total_seconds() < 60


def test_without_the_network_the_screen_still_locks(
    shared: Page, world: World, live_server: Any
) -> None:
    come(shared)
    half_write(shared, world, live_server)
    shared.context.set_offline(True)
    shared.get_by_role("button", name="Lock").click()
    expect(shared.get_by_role("heading", name="Locked")).to_be_focused()
    assert WORDS not in shared.content()


def test_lock_works_without_script(browser: Any, world: World, live_server: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    session = world.client("wing-officer").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + "/wing/a/")
    page.get_by_role("button", name="Lock").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(live_server.url + "/wing/a/")
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_hinders_anyone_at_the_door_of_a_desk(
    shared: Page, world: World, live_server: Any, width: int
) -> None:
    shared.set_viewport_size({"width": width, "height": 844})
    come(shared)
    for path in ("/badge/", "/how-i-sign-in/", "/"):
        shared.goto(live_server.url + path)
        assert looked_at(shared) == []
    shared.get_by_role("button", name="Lock").click()
    expect(shared.get_by_label("Badge")).to_be_focused()
    shared.get_by_text("Use the password").click()
    assert looked_at(shared) == []


def looked_at(page: Page) -> list[str]:
    found = [str(violation["id"]) for violation in Axe().run(page).response["violations"]]
    return found + wider_than_the_screen(page) + lost_to_the_keyboard(page)
