"""A team around one screen, an officer with a phone, and whoever has no mouse."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from daybook.foundation.registry.keys import new_key
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = {390: 844, 820: 1180, 1440: 900}


@pytest.fixture
def wing(world: World) -> World:
    """Sixty people on wing a: an ordinary day, with something to say of a few."""
    for name in [f"{first}{number} Test" for number in range(29) for first in ("Ilir", "Emre")]:
        world.add_person(name, "a")
    world.add_personal_officer("wing-officer", "Jonas Petit")
    for name in list(world.people):
        world.add_reflection(name, "wing-officer", difference="as-usual")
    for name in ("Ilir3 Test", "Emre12 Test", "Ilir20 Test"):
        world.add_reflection(
            name, "head-of-unit", difference="a-little", way="less",
            of_what="talking at the servery", leaning="worries",
        )  # fmt: skip
    for name in ("Emre4 Test", "Ilir25 Test"):
        world.add_coming(name, "visit", timezone.localtime().replace(hour=23, minute=59))
    world.insert(
        "places_unitday", unit_id=world.units["a"], day=timezone.localdate(), staff_present=3,
        staff_needed=4, hours_out=6, hours_locked_down=2, incident="", event="heating off",
        feast="",
    )  # fmt: skip
    world.insert(
        "reflections_unitpicture", unit_id=world.units["a"], channel_id=1,
        first_day=timezone.localdate() - timedelta(days=41), weather=[0.1, -0.1] * 21,
        drawn_at=timezone.now(),
    )  # fmt: skip
    return world


def open_page(page: Page, live_server: Any, world: World, path: str, who: str) -> None:
    if not page.context.cookies():
        session = world.client(who).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url + path)


def lowest_tile(page: Page) -> float:
    return page.evaluate(
        "Math.max(...[...document.querySelectorAll('.tile')]"
        ".map(tile => tile.getBoundingClientRect().bottom))"
    )


def test_sixty_people_on_one_screen(page: Page, live_server: Any, wing: World) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page, live_server, wing, "/wing/a/", "wing-officer")
    expect(page.locator(".tile")).to_have_count(60)
    assert lowest_tile(page) <= 900


@pytest.fixture
def talkative(wing: World) -> World:
    """A hard day: everyone changed, differs, has a visit, and something due."""
    today, officer = timezone.localdate(), wing.staff["wing-officer"]
    ago = timezone.now() - timedelta(hours=9)
    wing.insert(
        "reflections_meeting", id=new_key(), unit_id=wing.units["a"], shift="early",
        opened_at=ago, opened_by_id=officer, led_by_id=officer, went_well="Lunch was calm",
        how_we_are="Tired, and glad of each other", closed_at=ago, closed_by_id=officer,
        theme="The showers are cold again and nobody says for how long",
    )  # fmt: skip
    for name, person in wing.people.items():
        wing.add_reflection(
            name, "head-of-unit", difference="clearly", way="less", leaning="worries",
            of_what="talking at the servery, eats alone and goes back to the cell at once",
        )  # fmt: skip
        for channel in (1, 2):
            wing.insert(
                "reflections_picture", person_id=person, channel_id=channel, direction=-1,
                state="worth-talking-about", since=today - timedelta(days=5), size=-1.0,
                wing_share=-0.5, chance=3.0, usual=3.0, band_low=2.5, band_high=3.5,
                first_day=today - timedelta(days=59), raw=[3.0] * 60, adjusted=[3.0] * 60,
                line=[3.0] * 60, method="test", parameters="{}", drawn_at=timezone.now(),
                drawn_to=today, because="",
            )  # fmt: skip
        late = timezone.localtime().replace(hour=23, minute=59)
        wing.add_coming(name, "visit", late, "his sister and her children")
        wing.insert(
            "duties_action", id=new_key(), person_id=person, owner_id=officer, due_on=today,
            what="Arrange a call with his sister before the weekend", raised_by_id=officer,
            raised_at=timezone.now(), source="", effect="", outcome="",
        )  # fmt: skip
    return wing


def test_sixty_people_of_whom_there_is_much_to_say_fit_too(
    page: Page, live_server: Any, talkative: World
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page, live_server, talkative, "/wing/a/", "wing-officer")
    expect(page.locator(".tile.strong")).to_have_count(60)
    assert lowest_tile(page) <= 900
    first, last = page.locator(".tile").first, page.locator(".tile").last
    words = first.locator(".words")
    seen = words.evaluate("words => words.clientHeight")
    assert seen >= 3 * 16, "three lines of words can be read"
    for tile in (first, last):
        tile.locator("a").focus()
        for said in ("Mood: about one step lower", "Due: Arrange a call"):
            expect(tile.get_by_text(said)).to_be_in_viewport(ratio=0.9)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    assert words.evaluate("words => words.clientHeight") == seen


def test_one_column_of_rows_on_a_phone(page: Page, live_server: Any, wing: World) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, live_server, wing, "/wing/a/", "wing-officer")
    lefts = page.evaluate(
        "[...new Set([...document.querySelectorAll('.tile')]"
        ".map(tile => tile.getBoundingClientRect().left))]"
    )
    assert len(lefts) == 1


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/wing/a/", "wing-officer"),
        ("/wing/a/?show=different", "wing-officer"),
        ("/wing/a/?show=mine", "head-of-unit"),
        ("/wing/a/day/", "wing-officer"),
        ("/wing/", "governor"),
        ("/", "wing-officer"),
        ("/", "governor"),
        ("/", "oversight"),
        ("/", "activity-staff"),
        ("/search/", "governor"),
    ],
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_hinders_anyone(
    page: Page, live_server: Any, wing: World, path: str, who: str, theme: Any
) -> None:
    """Nothing is wider than the screen or too small for a cold finger; axe finds nothing."""
    page.emulate_media(color_scheme=theme)
    open_page(page, live_server, wing, path, who)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 390, "height": 844})
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, .filters a, .tile, .button')]
          .filter(part => part.checkVisibility())
          .map(part => [part.textContent, part.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
          .map(([name, box]) => `${name} ${box.width}×${box.height}`)"""
    )
    assert small == []
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_door_hinders_nobody(page: Page, live_server: Any, theme: Any) -> None:
    page.emulate_media(color_scheme=theme)
    page.goto(live_server.url + "/sign-in/")
    expect(page.get_by_label("Staff number")).to_be_focused()
    page.keyboard.type("nobody-here")
    page.keyboard.press("Tab")
    page.keyboard.type("whatever it was")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("don’t go together")
    expect(page.get_by_label("Staff number")).to_have_value("nobody-here")
    assert Axe().run(page).response["violations"] == []


def test_the_board_is_walked_by_keyboard(page: Page, live_server: Any, wing: World) -> None:
    open_page(page, live_server, wing, "/wing/a/", "wing-officer")
    page.get_by_role("navigation", name="Show").get_by_role("link", name="All").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?show=different")
    expect(page.locator(".tile")).to_have_count(3)
    page.get_by_role("navigation", name="Show").get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".tile a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/people/{wing.people['Ilir3 Test']}/")


def test_a_slash_finds_somebody_from_anywhere(page: Page, live_server: Any, wing: World) -> None:
    open_page(page, live_server, wing, "/wing/a/", "wing-officer")
    page.keyboard.press("/")
    page.keyboard.type("amir")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Amir Kaya").click()
    page.wait_for_url(f"**/people/{wing.people['Amir Kaya']}/")


def test_the_day_is_written_and_a_slip_keeps_what_was_typed(
    page: Page, live_server: Any, wing: World
) -> None:
    open_page(page, live_server, wing, "/wing/a/", "wing-officer")
    page.get_by_role("link", name="change").click()
    page.get_by_label("Out of the ordinary").fill("a match in the yard")
    page.get_by_label("Hours of unplanned lock-down").fill("30")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Save the day").click()
    expect(page.get_by_text("A day has 24 hours.").first).to_be_visible()
    expect(page.get_by_label("Out of the ordinary")).to_have_value("a match in the yard")
    page.get_by_label("Hours of unplanned lock-down").fill("1.5")
    page.get_by_role("button", name="Save the day").click()
    expect(page.locator(".page-head")).to_contain_text("1.5 hours locked down")
    expect(page.locator(".page-head")).to_contain_text("a match in the yard")


def test_a_name_of_another_script_reads_as_its_bearer_writes_it(
    page: Page, live_server: Any, world: World
) -> None:
    """Also beside an initial of this one, and in the title, where no element can hold it."""
    samir = world.add_person("سمير Chahine", "a")
    open_page(page, live_server, world, f"/people/{samir}/", "wing-officer")
    assert page.title().startswith("\u2067\u2068سمير\u2069 \u2068C.\u2069\u2069")
    page.goto(f"{live_server.url}/wing/a/")
    for direction in ("ltr", "rtl"):
        page.evaluate("way => document.documentElement.dir = way", direction)
        left = page.evaluate(LEFT_ENDS, ["سمير", "C", "."])
        assert left["C"] < left["."] < left["سمير"]
        left = page.evaluate(LEFT_ENDS, ["Amir", "K"])
        assert left["Amir"] < left["K"]


LEFT_ENDS = """parts => {
  const name = [...document.querySelectorAll('.tile-name bdi')]
    .find(name => name.textContent.includes(parts[0])), left = {};
  const walk = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) for (const part of parts) {
    const at = walk.currentNode.data.indexOf(part), range = document.createRange();
    if (at < 0) continue;
    range.setStart(walk.currentNode, at); range.setEnd(walk.currentNode, at + part.length);
    left[part] = range.getBoundingClientRect().left;
  }
  return left }"""
