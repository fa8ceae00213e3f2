"""A concern from its opening to its end, officers and cover, in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from tests.world import World

from .pages import hard_to_touch, wider_than_the_screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[BrowserContext, str], None]


@pytest.fixture
def sign_in(world: World, live_server: Any) -> SignIn:
    """Put a browser behind the door, without the walk through it."""

    def put(context: BrowserContext, who: str) -> None:
        session = world.client(who).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return put


def test_a_case_from_its_opening_to_its_end(
    page: Page, live_server: Any, world: World, sign_in: SignIn
) -> None:
    sign_in(page.context, "head-of-unit")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("cases:open", args=[world.people["Jonas Petit"]]))
    page.get_by_label("Why, in plain words").fill("He gives away his things. Chaplain offered.")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("alert")).to_contain_text("Without a legal basis")
    expect(page.get_by_label("Why, in plain words")).to_have_value(
        "He gives away his things. Chaplain offered."
    )
    page.get_by_label("Legal basis").fill("Prison Act, section 12")
    page.get_by_role("button", name="Open the case").click()

    expect(page.get_by_role("status")).to_contain_text("Who works on it with you?")
    page.get_by_label("Name, staff number or post").fill("psych")
    page.get_by_role("button", name="Search").click()
    page.get_by_label("Their part").fill("talks with him weekly")
    page.get_by_role("button", name="Add A. Psychologist").click()
    expect(page.get_by_text("talks with him weekly")).to_be_visible()

    page.get_by_role("link", name="To the case").click()
    page.get_by_role("link", name="Review it").click()
    page.get_by_label("Why it goes on").fill("His brother’s visit is in May.")
    last = str(timezone.localdate() + timedelta(days=150))
    page.get_by_label("Last day").fill(last)
    page.get_by_role("button", name="It goes on").click()
    expect(page.get_by_role("status")).to_contain_text("The review is kept.")

    page.get_by_role("link", name="Close it").click()
    page.get_by_label("Why it ends").fill("He asked for his radio back, and laughs again.")
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_text("laughs again")).to_be_visible()
    expect(page.get_by_role("link", name="Review it")).to_have_count(0)


def test_an_officer_is_named_and_covered(
    page: Page, live_server: Any, world: World, sign_in: SignIn
) -> None:
    for name in ("novak", "bauer"):
        world.add_staff(name, "wing-officer", "personal-officer", unit="a")
    sign_in(page.context, "head-of-unit")
    page.goto(live_server.url + reverse("people:officers", args=["a"]))
    page.get_by_role("link", name="Jonas P.").click()
    page.get_by_label("Side A of the roster").select_option("A. Novak")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Jonas P.")).to_contain_text("A. Novak")

    page.get_by_role("link", name="Somebody is away").click()
    page.get_by_label("Who is away").select_option("A. Novak")
    page.get_by_label("Who stands in").select_option("A. Bauer")
    page.get_by_label("Up to and including").fill(str(timezone.localdate() + timedelta(days=2)))
    page.get_by_role("button", name="Set cover").click()
    expect(page.get_by_text("A. Bauer for A. Novak")).to_be_visible()
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_text("A. Bauer for A. Novak")).to_have_count(0)


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (820, "dark"), (1440, "light")])
def test_no_page_of_the_foundation_hinders_anyone(
    page: Page, live_server: Any, world: World, sign_in: SignIn, width: int, theme: str
) -> None:
    """Axe finds nothing, and nothing is wider than the screen."""
    case, person = world.cases["Amir Kaya"], world.people["Amir Kaya"]
    seen_by = {
        "case-lead": [
            reverse("cases:mine"),
            *(reverse(f"cases:{name}", args=[case]) for name in ("case", "review", "close")),
            reverse("cases:team", args=[case]),
            reverse("glossary"),
            reverse("access:roles"),
        ],
        "head-of-unit": [
            reverse("cases:open", args=[person]),
            reverse("people:officers", args=["a"]),
            reverse("people:officers-of", args=["a", person]),
            reverse("people:cover", args=["a"]),
        ],
    }
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    for who, addresses in seen_by.items():
        sign_in(page.context, who)
        for address in addresses:
            page.goto(live_server.url + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert Axe().run(page).response["violations"] == [], address
            if address.endswith("/team/"):
                page.get_by_label("Name, staff number or post").fill("nobody")
                page.get_by_label("Name, staff number or post").press("Enter")
                expect(page.get_by_role("button", name="Add A. Nobody")).to_be_visible()
                assert page.url == live_server.url + address
                assert Axe().run(page).response["violations"] == [], "what was found"


@pytest.mark.parametrize("width", [390, 1440])
def test_data_protection_asks_who_looked_and_reads_it_at_any_width(
    page: Page, live_server: Any, world: World, sign_in: SignIn, width: int
) -> None:
    amir = world.people["Amir Kaya"]
    world.client("psychologist").get(reverse("reflections:person", args=[amir]))
    sign_in(page.context, "data-protection-officer")
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(live_server.url + "/")
    page.get_by_role("link", name="Who has looked").click()
    page.get_by_label("Key of the person").fill(str(amir))
    page.get_by_role("button", name="Show who looked").click()
    expect(page.get_by_role("alert")).to_contain_text("Name the inquiry.")
    expect(page.get_by_label("Key of the person")).to_have_value(str(amir))
    page.get_by_label("On which inquiry").fill("Ombudsman 44/26")
    page.get_by_role("button", name="Show who looked").click()
    expect(page.locator("#found")).to_contain_text("Opened on: Ombudsman 44/26")
    expect(page.locator("#found")).to_contain_text("A. Psychologist")
    assert wider_than_the_screen(page) == []
    assert hard_to_touch(page) == []
    assert Axe().run(page).response["violations"] == []
