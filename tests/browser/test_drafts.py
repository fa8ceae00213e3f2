"""Half-written words on a shared desk: kept for whoever wrote them, and shown to nobody else."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Half a thought about the mornings."


def sign_in(page: Page, world: World, live_server: Any, who: str) -> None:
    session = world.client(who).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Staff number")).to_be_visible()


def text_of(page: Page) -> Any:
    form = page.locator("form[data-draft]")
    return form.locator("textarea:visible, input[type=text]:visible").first


def there(page: Page, url: str) -> Any:
    page.goto(url)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    return text_of(page)


@pytest.mark.parametrize("view", ["usual", "told", "add-strength", "offer-trust", "reflect"])
def test_the_next_officer_sees_nothing_and_the_first_finds_it_again(
    page: Page, world: World, live_server: Any, view: str
) -> None:
    url = live_server.url + reverse(f"reflections:{view}", args=[world.people["Amir Kaya"]])
    sign_in(page, world, live_server, "wing-officer")
    there(page, url).fill(WORDS)
    page.goto(live_server.url)
    sign_out(page)

    sign_in(page, world, live_server, "head-of-unit")
    expect(there(page, url)).to_have_value("")
    expect(page.locator(".draft-note")).to_have_count(0)
    text_of(page).fill("Somebody else's.")
    page.goto(live_server.url)
    sign_out(page)

    sign_in(page, world, live_server, "wing-officer")
    expect(there(page, url)).to_have_value(WORDS)
    expect(page.locator(".draft-note")).to_be_visible()


def test_what_was_saved_is_kept_no_longer(page: Page, world: World, live_server: Any) -> None:
    url = live_server.url + reverse("reflections:add-strength", args=[world.people["Amir Kaya"]])
    sign_in(page, world, live_server, "wing-officer")
    there(page, url).fill(WORDS)
    page.get_by_role("button", name="Save the strength").click()
    expect(page.get_by_text("The strength is saved.")).to_be_visible()
    expect(there(page, url)).to_have_value("")
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:'))") == []
