"""A team round one screen: a meeting from its beginning to its minutes, by keyboard alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [(390, 844), (820, 1180), (1440, 900)]


@pytest.fixture
def wing(world: World) -> World:
    """Everyone came lately and was seen today; Amir differs from his usual."""
    for name in ("Tomasz Wilk", "Li Wei"):
        world.add_person(name, "a")
    world.owner.execute("update people_stay set began_at = now() - interval '2 days'")
    for name in ("Jonas Petit", "Tomasz Wilk", "Li Wei"):
        world.add_reflection(name, "wing-officer", saved_at=timezone.now())
    world.add_reflection(
        "Amir Kaya", "personal-officer", saved_at=timezone.now(), difference="clearly", way="less",
        of_what="talking at the servery", seen_heard="Took his lunch back and ate alone.",
        reading="Tired rather than angry, I think.", own_words="I just want quiet.",
        response="Sat with him ten minutes.",
    )  # fmt: skip
    return world


@pytest.fixture
def sign_in(wing: World, live_server: Any) -> Callable[[BrowserContext, str], None]:
    def put(context: BrowserContext, who: str) -> None:
        session = wing.client(who).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return put


def reach(page: Page, words: str) -> None:
    """Tab until what is focused says ``words``, as somebody without a mouse does."""
    for _ in range(80):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "(() => { const at = document.activeElement;"
            " return [at.textContent, at.getAttribute('aria-label'),"
            " ...[...(at.labels ?? [])].map(label => label.textContent)].join(' ') })()"
        )
        if words in said:
            return
    raise AssertionError(f"No key leads to {words!r}.")


def write(page: Page, label: str, words: str) -> None:
    reach(page, label)
    page.keyboard.type(words)


def looks_right(page: Page) -> None:
    """Axe finds nothing, and nothing is wider than the screen, at each width and theme."""
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert found == [], [each["id"] for each in found]


def test_a_whole_meeting_by_keyboard(page, live_server, wing, sign_in):
    sign_in(page.context, "wing-officer")
    page.goto(live_server.url + reverse("reflections:meetings"))
    looks_right(page)
    reach(page, "Begin the meeting")
    page.keyboard.press("Enter")

    expect(page.get_by_text("less talking at the servery")).to_be_visible()
    looks_right(page)
    reach(page, "Talk about Amir")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Took his lunch back and ate alone.")).to_be_visible()
    looks_right(page)
    write(page, "What was seen and heard", "Ate alone since Monday")
    write(page, "Something ordinary", "His sister did not ring")
    write(page, "The regime, or us", "The gym was closed")
    write(page, "How we all meet", "Unhurried, the same people")
    write(page, "What will be done", "Arrange a call")
    write(page, "By whom", "A. Wing")
    reach(page, "By when")
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.keyboard.type(f"{tomorrow:%m%d%Y}")
    reach(page, "Talked about: save and go on")
    page.keyboard.press("Enter")

    expect(page.get_by_text("1 of 1 done")).to_be_visible()
    reach(page, "nothing new Jonas")
    page.keyboard.press("Space")
    jonas = page.get_by_role("button", name="nothing new Jonas P.")
    expect(jonas).to_have_attribute("aria-pressed", "true")
    expect(jonas).to_be_focused()
    expect(page.get_by_role("button", name="Nothing new about the other 2")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.locator("#main").focus()
    reach(page, "Nothing new about the other 2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Everyone here was thought of.")).to_be_visible()

    page.locator("#main").focus()
    reach(page, "Hand over")
    page.keyboard.press("Enter")
    looks_right(page)
    reach(page, "Who leads from now on")
    page.keyboard.type("A. Head")
    reach(page, "Hand over")
    page.keyboard.press("Enter")
    expect(page.get_by_text("led by A. Head Of Unit")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page.context, "head-of-unit")
    page.reload()
    reach(page, "Close the meeting")
    page.keyboard.press("Enter")
    looks_right(page)
    reach(page, "What went well")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Not saved yet")).to_be_visible()
    looks_right(page)
    reach(page, "What went well")
    page.keyboard.press("Enter")
    page.keyboard.type("Lunch was calm")
    write(page, "How we are", "Tired, all right")
    write(page, "One theme of the unit", "none today")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name="Minutes, A wing")).to_be_visible()
    for words in ("Ate alone since Monday", "The gym was closed", "Arrange a call", "Jonas P."):
        expect(page.get_by_text(words).first).to_be_visible()
    looks_right(page)


def test_two_officers_at_once_both_see_both_versions(browser, live_server, wing, sign_in):
    first, second = (browser.new_context() for _ in range(2))
    sign_in(first, "wing-officer")
    sign_in(second, "head-of-unit")
    one, other = first.new_page(), second.new_page()
    one.goto(live_server.url + reverse("reflections:meetings"))
    one.get_by_role("button", name="Begin the meeting").click()
    one.get_by_role("link", name="Talk about Amir").click()
    other.goto(one.url)
    for page, stance in ((other, "Unhurried"), (one, "Firm, and kind")):
        page.get_by_label("How we all meet").fill(stance)
        page.get_by_role("button", name="Keep, finish later").click()
    expect(one.get_by_role("heading", name="Two of you wrote at once")).to_be_visible()
    expect(one.get_by_text("A. Head Of Unit: Unhurried")).to_be_visible()
    expect(one.get_by_label("How we all meet")).to_have_value("Firm, and kind")
    looks_right(one)
    one.get_by_label("How we all meet").fill("Unhurried, firm and kind")
    one.get_by_role("button", name="Keep, finish later").click()
    expect(one.get_by_text("Begun, not finished")).to_be_visible()
    first.close()
    second.close()


def test_actions_are_closed_in_two_touches_and_look_right(page, live_server, wing, sign_in):
    today = timezone.localdate()
    for days, what in (
        (-2, "Ask about the gym"),
        (0, "Arrange a call"),
        (4, "Talk to the teacher"),
    ):
        add_action(wing, today + timedelta(days=days), what)
    sign_in(page.context, "wing-officer")
    page.goto(live_server.url + reverse("duties:mine"))
    expect(page.get_by_role("heading", name="Was due")).to_be_visible()
    looks_right(page)
    form = page.get_by_role("form", name="Ask about the gym")
    form.get_by_role("radio", name="it helped").check()
    form.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Done lately")).to_be_visible()
    expect(page.get_by_role("heading", name="Was due")).to_have_count(0)
    looks_right(page)


def add_action(world: World, due_on: Any, what: str) -> None:
    from daybook.foundation.registry.keys import new_key

    officer = world.staff["wing-officer"]
    world.insert(
        "duties_action", id=new_key(), person_id=world.people["Amir Kaya"], what=what,
        owner_id=officer, raised_by_id=officer, due_on=due_on, raised_at=timezone.now(),
        source="", effect="", outcome="",
    )  # fmt: skip
