"""A sheet of paper is entered by keyboard, in its own order, and nothing typed is lost."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Sat alone at dinner."
FOCUSED = "[document.activeElement.name, document.activeElement.textContent.trim()]"


def open_sheet(page: Page, world: World, live_server: Any) -> None:
    session = world.client("wing-officer").cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url + reverse("reflections:from-paper", args=["a"]))


def signed(world: World) -> list[tuple[Any, ...]]:
    return world.owner.execute(
        "select p.given_name, r.contact, r.seen_heard from reflections_reflection r"
        " join people_person p on p.id = r.person_id order by 1"
    ).fetchall()


def row(page: Page, name: str) -> Any:
    return page.get_by_role("group", name=name, exact=True)


def test_by_keyboard_alone_in_the_order_of_the_sheet(
    page: Page, world: World, live_server: Any
) -> None:
    open_sheet(page, world, live_server)
    page.get_by_label("Which day?").focus()
    walked: list[str] = []
    while True:
        name, words = page.evaluate(FOCUSED)
        if words == "Save the sheet":
            break
        if not walked or walked[-1] != name:
            walked.append(name)
            if name.endswith("-contact"):
                page.keyboard.press("Space")
            elif name.endswith("-seen_heard"):
                page.keyboard.type(WORDS)
        page.keyboard.press("Tab")
    asked = [
        "contact", "step-mood", "step-tension", "step-with-staff", "step-with-others",
        "difference", "circumstances", "seen_heard",
    ]  # fmt: skip
    people = [world.people[name] for name in ("Amir Kaya", "Jonas Petit")]
    assert walked == [
        "day", "at", *(f"person-{person}-{question}" for person in people for question in asked)
    ]  # fmt: skip
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved from paper: 2 people.")).to_be_visible()
    assert signed(world) == [("Amir", "not-seen", WORDS), ("Jonas", "not-seen", WORDS)]


def test_a_row_that_came_back_waits_through_a_lock(
    page: Page, world: World, live_server: Any
) -> None:
    open_sheet(page, world, live_server)
    row(page, "Amir Kaya").get_by_role("radio", name="talk", exact=True).check()
    row(page, "Jonas Petit").get_by_label("seen or heard").fill(WORDS)
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.get_by_text("One row could not be saved.")).to_be_visible()
    page.get_by_role("button", name="Lock").click()
    expect(page.get_by_label("Staff number")).to_be_visible()

    open_sheet(page, world, live_server)
    expect(row(page, "Jonas Petit").get_by_label("seen or heard")).to_have_value(WORDS)
    expect(row(page, "Amir Kaya").get_by_role("radio", name="talk", exact=True)).not_to_be_checked()
    row(page, "Jonas Petit").get_by_role("radio", name="few words").check()
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.get_by_text("Saved from paper: one person.")).to_be_visible()
    assert signed(world) == [("Amir", "talk", ""), ("Jonas", "words", WORDS)]


def test_power_cut_while_saving_signs_a_row_once(
    page: Page, world: World, live_server: Any
) -> None:
    """It was saved, and the browser never learned of it: sent once more, it finds itself."""

    def cut(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    open_sheet(page, world, live_server)
    page.route("**/from-paper/", cut)
    row(page, "Jonas Petit").get_by_role("radio", name="talk", exact=True).check()
    row(page, "Jonas Petit").get_by_label("seen or heard").fill(WORDS)
    page.get_by_role("button", name="Save the sheet").click()
    expect(page).to_have_url("chrome-error://chromewebdata/")
    assert signed(world) == [("Jonas", "talk", WORDS)]

    page.unroute("**/from-paper/")
    open_sheet(page, world, live_server)
    expect(row(page, "Jonas Petit").get_by_label("seen or heard")).to_have_value(WORDS)
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.get_by_text("Saved from paper: one person.")).to_be_visible()
    assert signed(world) == [("Jonas", "talk", WORDS)]
