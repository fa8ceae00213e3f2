"""Security keys in a real browser: added once, then a touch changes officers at a desk."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from daybook.config.outside import provider as as_set
from tests.desks import COOKIE, a_desk, cookie_of
from tests.factors import sign_in
from tests.oidc import CLIENT, SECRET, a_provider
from tests.world import PASSWORD, World

from .security_key import SecurityKey
from .test_shared_desk import looked_at

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


def typed_a_password(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Staff number").fill(who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1440, "light")])
def test_whoever_reaches_more_than_a_wing_sets_a_key_up_and_is_asked_for_it(
    page: Page, world: World, live_server: Any, width: int, theme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=theme)
    SecurityKey(page)
    typed_a_password(page, live_server.url, "governor")
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    assert looked_at(page) == []
    page.get_by_label("What you call it").fill("staff card")
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_role("heading", name="How I sign in")).to_be_visible()
    expect(page.get_by_text("staff card", exact=True)).to_be_visible()
    assert looked_at(page) == []
    page.get_by_role("button", name="Sign out").click()
    typed_a_password(page, live_server.url, "governor")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    assert looked_at(page) == []
    page.get_by_role("button", name="Touch your security key").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_the_way_back_from_another_site_brings_its_own_cookies(
    page: Page, world: World, live_server: Any, settings: Any
) -> None:
    with a_provider() as provider:
        settings.PROVIDER = as_set(
            provider.address, client=CLIENT, secret=SECRET, name="Justice login",
            claim="sub", second_factor=False,
        )  # fmt: skip
        provider.says["sub"] = "wing-officer"
        page.goto(live_server.url + "/wing/a/")
        page.get_by_role("link", name="Sign in with Justice login").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        expect(page).to_have_url(live_server.url + "/wing/a/")
