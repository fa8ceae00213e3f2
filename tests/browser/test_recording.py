"""An officer with ninety seconds: by keyboard, by thumb, and with everything that goes wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from tests.world import PASSWORD, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def wing(world: World) -> World:
    """The personal officer has two people, Amir and Jonas, and works on their wing."""
    world.add_personal_officer("personal-officer", "Jonas Petit")
    world.assign(world.staff["personal-officer"], "wing-officer", unit="a")
    world.add_person("Tomasz Wilk", "a")
    world.add_person("Li Wei", "a")
    return world


@pytest.fixture
def sign_in(wing: World, live_server: Any) -> Callable[[BrowserContext, str], None]:
    """Put a browser behind the door, without the walk through it."""

    def put(context: BrowserContext, who: str) -> None:
        session = wing.client(who).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return put


def saved(world: World, columns: str = "contact, difference") -> list[tuple[Any, ...]]:
    return world.owner.execute(
        f"select {columns} from reflections_reflection order by saved_at"
    ).fetchall()


def open_form(page: Page, live_server: Any, world: World, name: str = "Amir Kaya") -> None:
    page.goto(live_server.url + reverse("reflections:reflect", args=[world.people[name]]))


def test_two_people_by_keyboard_alone(page, live_server, wing, sign_in):
    sign_in(page.context, "personal-officer")
    open_form(page, live_server, wing)
    for name, contact, step in (("Amir K.", "4", "3"), ("Jonas P.", "5", "2")):
        expect(page.get_by_role("heading", name=name)).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press(contact)
        page.keyboard.press("Tab")
        page.keyboard.press(step)
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Control+Enter")
    expect(page).not_to_have_url(
        live_server.url + reverse("reflections:reflect", args=[wing.people["Jonas Petit"]])
    )
    assert saved(wing, "contact") == [("talk",), ("real-talk",)]
    steps = wing.owner.execute(
        "select step from reflections_rating order by reflection_id, channel_id"
    ).fetchall()
    assert sorted(steps) == [(2,), (2,), (2,), (3,)]


def test_an_ordinary_day_is_two_touches_and_a_press(browser, live_server, wing, sign_in):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    sign_in(context, "personal-officer")
    page = context.new_page()
    open_form(page, live_server, wing)
    page.get_by_role("radio", name="talk", exact=True).tap()
    page.get_by_role("radio", name="as usual").tap()
    page.get_by_role("button", name="Save and next").tap()
    expect(page.get_by_role("heading", name="Jonas P.")).to_be_visible()
    expect(page.get_by_text("Saved. You can take it back")).to_be_visible()
    assert saved(wing) == [("talk", "as-usual")]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


def test_what_is_different_is_asked_only_where_something_is(page, live_server, wing, sign_in):
    sign_in(page.context, "personal-officer")
    open_form(page, live_server, wing)
    page.get_by_role("radio", name="talk", exact=True).check()
    expect(page.get_by_role("radio", name="worries me")).to_be_hidden()
    page.get_by_role("radio", name="clearly").check()
    page.get_by_role("radio", name="worries me").check()
    page.get_by_role("radio", name="less").check()
    page.get_by_label("of what?").fill("joking")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_role("heading", name="Jonas P.")).to_be_visible()
    assert saved(wing, "difference, way, of_what, leaning") == [
        ("clearly", "less", "joking", "worries")
    ]


def test_a_half_written_entry_survives_a_closed_tab(page, live_server, wing, sign_in):
    sign_in(page.context, "personal-officer")
    open_form(page, live_server, wing)
    page.get_by_role("radio", name="real talk").check()
    page.get_by_text("seen or heard").click()
    page.get_by_role("textbox", name="seen or heard").fill("قال: أنا بخير")
    context = page.context
    page.close()
    page = context.new_page()
    open_form(page, live_server, wing)
    expect(page.get_by_role("textbox", name="seen or heard")).to_have_value("قال: أنا بخير")
    expect(page.get_by_role("radio", name="real talk")).to_be_checked()
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_role("heading", name="Jonas P.")).to_be_visible()
    assert saved(wing, "seen_heard") == [("قال: أنا بخير",)]
    open_form(page, live_server, wing)
    expect(page.get_by_role("textbox", name="seen or heard")).to_be_hidden()


def test_a_dead_session_asks_to_sign_in_and_brings_it_back(page, live_server, wing, sign_in):
    sign_in(page.context, "personal-officer")
    open_form(page, live_server, wing)
    page.get_by_role("radio", name="few words").check()
    page.get_by_text("what I make of it").click()
    page.get_by_role("textbox", name="what I make of it").fill("Tired rather than angry.")
    wing.owner.execute("update staff_signin set ended_at = now()")
    wing.owner.execute("update staff_staff set password = %s", [make_password(PASSWORD)])
    page.get_by_role("button", name="Save and next").click()
    page.get_by_label("Staff number").fill("personal-officer")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Amir K.")).to_be_visible()
    expect(page.get_by_role("textbox", name="what I make of it")).to_have_value(
        "Tired rather than angry."
    )
    assert saved(wing) == []
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_role("heading", name="Jonas P.")).to_be_visible()
    assert saved(wing, "contact, reading") == [("words", "Tired rather than angry.")]


def test_a_double_press_is_one_entry(page, live_server, wing, sign_in):
    sign_in(page.context, "personal-officer")
    open_form(page, live_server, wing)
    page.get_by_role("radio", name="talk", exact=True).check()
    page.get_by_role("button", name="Save and next").dblclick()
    expect(page.get_by_role("heading", name="Jonas P.")).to_be_visible()
    assert len(saved(wing)) == 1


def test_the_round_saves_a_row_and_stays_where_it_is(browser, live_server, wing, sign_in):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    sign_in(context, "personal-officer")
    page = context.new_page()
    page.goto(live_server.url + reverse("reflections:round", args=["a"]))
    row = page.get_by_role("listitem").filter(has_text="Tomasz W.")
    row.get_by_role("radio", name="not seen").tap()
    row.get_by_role("button", name="only that").tap()
    expect(row.get_by_text("Written by you")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="Li W.")
    row.get_by_role("button", name="as usual").tap()
    expect(row.get_by_text("Choose how much contact")).to_be_visible()
    row.get_by_role("radio", name="few words").tap()
    before = page.evaluate("scrollY")
    row.get_by_role("button", name="as usual").tap()
    expect(row.get_by_text("Written by you")).to_be_visible()
    assert page.evaluate("scrollY") == before
    assert saved(wing) == [("not-seen", ""), ("words", "as-usual")]
    context.close()


def test_the_round_works_without_script(browser, live_server, wing, sign_in):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, "personal-officer")
    page = context.new_page()
    page.goto(live_server.url + reverse("reflections:round", args=["a"]))
    row = page.get_by_role("listitem").filter(has_text="Li W.")
    row.get_by_role("radio", name="real talk").check()
    row.get_by_role("button", name="a little").click()
    expect(page.get_by_role("listitem").filter(has_text="Li W.")).to_contain_text("Written by you")
    assert saved(wing) == [("real-talk", "a-little")]
    context.close()


@pytest.mark.parametrize(
    ("theme", "width"), [("light", 390), ("dark", 820), ("dark", 390), ("light", 1440)]
)
def test_nothing_hinders_anyone(page, live_server, wing, sign_in, theme, width):
    wing.add_reflection("Amir Kaya", "personal-officer", seen_heard="Ate alone.", own_words="Fine.")
    sign_in(page.context, "personal-officer")
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 844})
    for url in (
        reverse("reflections:my-people"),
        reverse("reflections:reflect", args=[wing.people["Jonas Petit"]]),
        reverse("reflections:round", args=["a"]),
        reverse("reflections:written"),
        reverse("reflections:add", args=[saved(wing, "id")[0][0]]),
    ):
        page.goto(live_server.url + url)
        for fold in page.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        violations = Axe().run(page).response["violations"]
        assert violations == [], (url, violations)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
