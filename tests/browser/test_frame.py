"""The head of every page: calm in one hand, and everything still in reach."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TWO_ROWS = 2 * 52


@pytest.fixture
def home(page: Page, world: World, live_server: Any) -> Page:
    session = world.client("head-of-unit").cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url)
    return page


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_head_takes_two_rows_at_most(home: Page, direction: str) -> None:
    home.evaluate(f"document.documentElement.dir = '{direction}'")
    for width in (360, 390, 820, 1440):
        home.set_viewport_size({"width": width, "height": 844})
        assert home.evaluate("document.querySelector('header.desk').offsetHeight") <= TWO_ROWS
        assert home.evaluate("document.documentElement.scrollWidth") <= width


def test_in_one_hand_nobody_is_without_a_search_a_lock_or_a_way_out(home: Page) -> None:
    home.set_viewport_size({"width": 390, "height": 844})
    expect(home.get_by_role("link", name="Concern", exact=True)).to_be_in_viewport()
    expect(home.get_by_role("button", name="Lock")).to_be_in_viewport()
    home.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
    home.get_by_role("main").get_by_role("searchbox").fill("amir")
    home.get_by_role("main").get_by_role("button", name="Find").click()
    expect(home.get_by_role("main").get_by_text("Amir Kaya")).to_be_visible()
    home.get_by_role("button", name="Sign out").click()
    expect(home.get_by_label("Staff number")).to_be_visible()
