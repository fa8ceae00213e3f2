"""The person page in a real Chromium: at every width, by keyboard, and what is written with it."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.observe.reflections.person_world import add_trust, ago, well_known
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [(390, 844), (820, 1180), (1440, 900)]


@pytest.fixture
def amir(world: World, live_server, page: Page) -> str:
    """The address of Amir's page, with a wing officer signed in."""
    client = world.client("wing-officer")
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return f"{live_server.url}/people/{world.people['Amir Kaya']}/"


def test_the_page_hinders_nobody_at_any_width(world: World, page: Page, amir: str) -> None:
    """Axe finds nothing, nothing is wider than the screen, light or dark, known or new."""
    well_known(world)
    step = add_trust(world, what="Garden shed", kept_on=None, note="")
    root = f"{urlsplit(amir).scheme}://{urlsplit(amir).netloc}"
    pages = [
        amir, f"{amir}?show=meetings", f"{amir}usual/", f"{amir}told/", f"{amir}strengths/",
        f"{amir}trust/", f"{amir}chart/with-others/", f"{root}/trust/{step}/",
        f"{root}/people/{world.people['Jonas Petit']}/",
    ]  # fmt: skip
    for number, url in enumerate(pages):
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme="dark" if (number + width) % 4 == 0 else "light")
            page.goto(url)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url
        found = Axe().run(page).response["violations"]
        assert found == [], (url, [each["id"] for each in found])
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.goto(amir)
        assert Axe().run(page).response["violations"] == []


def test_another_channel_is_one_key_away_and_the_page_stays_where_it_is(
    world: World, page: Page, amir: str
) -> None:
    well_known(world)
    page.goto(amir)
    expect(page.get_by_role("heading", name="With others is lower than his usual")).to_be_visible()
    page.locator("#to-mood").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mood no lasting change seen")).to_be_visible()
    expect(page.locator("#to-mood")).to_be_focused()
    expect(page.get_by_role("img", name=re.compile("^Mood"))).to_be_visible()


def test_a_usual_pattern_is_written_together(world: World, page: Page, amir: str) -> None:
    page.goto(amir)
    page.get_by_role("link", name="Write it together").click()
    page.get_by_label("What we know as usual").fill("Quiet before noon.")
    page.get_by_label("How the person puts it").fill("Mornings are not mine.")
    page.get_by_label("What shows first").first.fill("I stop cooking")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Say what was agreed to do when it shows.")).to_be_visible()
    expect(page.get_by_label("How the person puts it")).to_have_value("Mornings are not mine.")

    page.get_by_label("What we agreed to do then").first.fill("Ask about my sister")
    page.get_by_label("Written together and agreed").check()
    page.keyboard.press("Control+Enter")
    card = page.locator("section.card", has_text="Usual for them")
    expect(card.get_by_text("Written together")).to_be_visible()
    agreed = page.locator("section.card", has_text="What we agreed")
    expect(agreed.get_by_text("I stop cooking")).to_be_visible()


def test_a_half_written_pattern_survives_a_closed_tab(page: Page, amir: str) -> None:
    page.goto(f"{amir}usual/")
    page.get_by_label("What we know as usual").fill("Quiet before noon.")
    later = page.context.new_page()
    page.close()
    later.goto(f"{amir}usual/")
    expect(later.get_by_label("What we know as usual")).to_have_value("Quiet before noon.")


def test_trust_is_offered_and_kept_by_keyboard_alone(world: World, page: Page, amir: str) -> None:
    page.goto(amir)
    page.get_by_role("link", name="Offer something").press("Enter")
    page.get_by_label("Trusted with what?").focus()
    page.keyboard.type("Key to the tool store")
    page.keyboard.press("Control+Enter")
    for answer, said in (("taken up", "taken up"), ("kept", "taken up, kept")):
        page.locator("section.card").get_by_role("link", name="Key to the tool store").press(
            "Enter"
        )
        page.get_by_role("radio", name=answer, exact=True).press("1")
        page.keyboard.press("Control+Enter")
        expect(page.locator("section.card", has_text="Trust").first).to_contain_text(said)
    assert world.owner.execute("select kept_on from reflections_truststep").fetchone() == (ago(0),)


def test_what_is_told_prints_as_a_text_to_read_together(page: Page, amir: str) -> None:
    page.goto(f"{amir}told/")
    page.emulate_media(media="print")
    expect(page.get_by_text("What we write, and why")).to_be_visible()
    expect(page.get_by_role("button", name="It was told")).to_be_hidden()


def test_everything_works_without_script(
    world: World, browser, live_server, page: Page, amir: str
) -> None:
    well_known(world)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(amir)
    plain.get_by_role("link", name="Tension").click()
    expect(plain.get_by_role("heading", name="Tension not separable")).to_be_visible()
    plain.get_by_role("link", name="Earlier").click()
    expect(plain.get_by_text("answered when spoken to")).to_be_visible()
    plain.get_by_role("link", name="Back to the newest").click()
    expect(plain.get_by_text("Phone credit sorted").first).to_be_visible()
    context.close()
