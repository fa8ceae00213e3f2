"""Security keys in a real browser: added once, then a touch changes officers at a desk."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.desks import COOKIE, a_desk, cookie_of
from tests.factors import sign_in
from tests.world import PASSWORD, World

from .security_key import SecurityKey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Said he sleeps badly since Tuesday."


@pytest.fixture
def shared(page: Page, world: World, live_server: Any) -> Page:
    """A browser at a known desk, where two officers of the wing come."""
    world.add_staff("a-officer", "wing-officer", unit="a")
    cookie = {"name": COOKIE, "value": cookie_of(a_desk(world)), "url": live_server.url}
    page.context.add_cookies([cookie])
    return page


def come_by_password(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_text("Use the password").click()
    page.get_by_label("Staff number").fill(who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    expect(page.get_by_role("button", name="Lock")).to_be_visible()


def add_key(page: Page, address: str, name: str) -> SecurityKey:
    key = SecurityKey(page)
    page.goto(address)
    page.get_by_role("link", name="How I sign in").click()
    page.get_by_role("link", name="Add a key").click()
    page.get_by_label("What you call it").fill(name)
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_text("The key is yours now")).to_be_visible()
    expect(page.get_by_text(name, exact=True)).to_be_visible()
    return key


def test_two_officers_change_over_by_a_touch_and_the_words_wait(
    shared: Page, world: World, live_server: Any
) -> None:
    keys = {}
    for who in ("wing-officer", "a-officer"):
        come_by_password(shared, live_server.url, who)
        keys[who] = add_key(shared, live_server.url, f"key of {who}")
        keys[who].unplug()
        shared.get_by_role("button", name="Lock").click()
        expect(shared.get_by_label("Badge")).to_be_visible()

    def touch(who: str) -> None:
        keys[who].plug_in()
        shared.get_by_role("button", name="Touch a security key").click()
        expect(shared.get_by_role("button", name="Lock")).to_be_visible()
        keys[who].unplug()

    touch("wing-officer")
    address = live_server.url + reverse("reflections:reflect", args=[world.people["Amir Kaya"]])
    shared.goto(address)
    shared.get_by_text("seen or heard").click()
    shared.get_by_role("textbox", name="seen or heard").fill(WORDS)
    shared.get_by_role("button", name="Lock").click()
    expect(shared.get_by_label("Badge")).to_be_visible()
    assert WORDS not in shared.content()

    touch("a-officer")
    expect(shared).to_have_url(live_server.url + "/")
    shared.goto(address)
    assert WORDS not in shared.content()
    shared.get_by_role("button", name="Lock").click()
    expect(shared.get_by_label("Badge")).to_be_visible()

    touch("wing-officer")
    shared.goto(address)
    expect(shared.get_by_role("textbox", name="seen or heard")).to_have_value(WORDS)


def test_a_key_whose_pin_is_not_known_opens_nothing(
    page: Page, world: World, live_server: Any
) -> None:
    sign_in(page, live_server.url, "wing-officer")
    key = add_key(page, live_server.url, "blue key")
    key.unplug()
    page.get_by_role("button", name="Sign out").click()
    key.verified = False
    key.plug_in()
    page.get_by_role("button", name="Touch a security key").click()
    expect(page.get_by_text("The key was not used")).to_be_visible()
    expect(page.get_by_label("Staff number")).to_be_visible()
