"""The governor answers to a figure that stands out, and somebody says what they like of themselves
on a screen that is handed over, in a real browser."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.foundation.equality.equality_world import held
from tests.observe.information.fairness_world import unlike
from tests.world import World

from .pages import hard_to_touch, wider_than_the_screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLACE = "/information/fairness/north/"


@pytest.fixture
def enter(page: Page, world: World, live_server: Any) -> Any:
    """The page as somebody who has signed in, on a small screen."""

    def as_(who: str) -> Page:
        session = world.client(who).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.set_viewport_size({"width": 390, "height": 844})
        return page

    return as_


def hinders(page: Page) -> list[str]:
    found = [each["id"] for each in Axe().run(page).response["violations"]]
    return found + wider_than_the_screen(page) + hard_to_touch(page)


def test_the_governor_answers_to_what_stands_out(
    enter: Any, world: World, live_server: Any
) -> None:
    unlike(world)
    page = enter("governor")
    page.goto(f"{live_server.url}/")
    page.get_by_role("link", name="that chance would hardly show").click()
    expect(page).to_have_url(f"{live_server.url}{PLACE}")
    assert hinders(page) == []
    page.get_by_role("link", name="Answer to it (to a minority)").first.click()
    expect(page.get_by_text("15 of 30, and of everyone else 6 of 63")).to_be_visible()
    assert hinders(page) == []
    page.get_by_role("button", name="Sign the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Write what is done.")
    page.get_by_label("What is behind it?").fill("One workshop reports every quarrel.")
    page.get_by_label("What is done about it?").fill("We read ten of them together.")
    later = timezone.localdate() + timedelta(days=60)
    page.get_by_label("By when do you look again?").fill(later.isoformat())
    page.get_by_role("button", name="Sign the answer").click()
    expect(page.get_by_role("status")).to_contain_text("Signed.")
    expect(page.get_by_text("One workshop reports every quarrel.")).to_be_visible()
    expect(page.get_by_text("The governor has answered; see below.").first).to_be_visible()


def test_a_screen_that_was_handed_over_comes_back_locked(
    enter: Any, world: World, live_server: Any
) -> None:
    page = enter("personal-officer")
    person = f"{live_server.url}/people/{world.people['Amir Kaya']}/"
    page.goto(f"{person}equality/")
    assert hinders(page) == []
    silent = page.get_by_label("I would rather not say")
    expect(silent).to_have_count(7)
    for each in silent.all():
        expect(each).to_be_checked()
    page.get_by_role("group", name="Do you have a religion or belief?").get_by_label(
        "humanist"
    ).check()
    page.get_by_role("button", name="I am done").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert hinders(page) == []
    assert held(world) == {"belief": "humanist"}
    # Neither the button of the browser nor an address leads back in.
    page.go_back()
    page.goto(person)
    expect(page.get_by_label("Password")).to_be_visible()
