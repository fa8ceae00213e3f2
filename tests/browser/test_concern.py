"""A concern from the landing to the hand-back, in two browsers; and when nobody answers."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from daybook.observe.safety.tasks import call_on
from tests.factors import give_device, sign_in
from tests.observe.safety.concern_world import add_turn, called
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def come(page: Page, address: str, who: str) -> Page:
    sign_in(page, address, who)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


@pytest.fixture
def officer(browser: Browser, world: World, live_server: Any) -> Iterator[Page]:
    """On the landing, with a telephone's width."""
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        yield come(context.new_page(), live_server.url, "wing-officer")


@pytest.fixture
def nurse(browser: Browser, world: World, live_server: Any) -> Iterator[Page]:
    add_turn(world, "on-call-care", "care")
    give_device(world.owner, "on-call-care")
    with browser.new_context() as context:
        yield come(context.new_page(), live_server.url, "on-call-care")


def raise_it(officer: Page) -> None:
    officer.get_by_role("link", name="Concern", exact=True).click()
    row = officer.get_by_role("form", name="Amir K.")
    row.get_by_role("button", name="may hurt themself").click()
    expect(officer.get_by_text("Tell someone now as well.")).to_be_visible()


def test_from_the_landing_to_the_hand_back(
    officer: Page, nurse: Page, world: World, live_server: Any
) -> None:
    raise_it(officer)
    expect(officer.get_by_text("Nobody has taken it up yet.")).to_be_visible()
    expect(officer.get_by_text("on-call care", exact=False).first).to_be_visible()
    officer.get_by_label("What did you see or hear?").fill("Gave his radio away.")
    officer.get_by_role("button", name="Keep these words").click()
    expect(officer.get_by_text("Gave his radio away.")).to_be_visible()
    (noticed,) = world.owner.execute(
        "select abs(extract(epoch from noticed_at - raised_at)) from safety_concern"
    ).fetchone()
    assert 0 < noticed < 60, "the device said when"

    nurse.get_by_role("link", name="Notices").or_(
        nurse.get_by_role("link", name=re.compile("waiting"))
    ).first.click()
    nurse.get_by_role("button", name=re.compile("^Open")).first.click()
    expect(nurse.get_by_text("Gave his radio away.")).to_be_visible()
    nurse.get_by_role("button", name="I take it up").click()
    expect(officer.get_by_text("took it up")).to_be_visible(timeout=15_000)

    nurse.get_by_role("link", name="Make a keep-safe plan").click()
    nurse.get_by_label("What do staff do?").fill("Knock, say his name.")
    nurse.get_by_label("Who does it?").fill("The officer on the landing")
    nurse.get_by_role("button", name="Begin the plan").click()
    nurse.get_by_label("a keep-safe plan was made").check()
    nurse.get_by_label("What was done").fill("We talked; a plan runs.")
    nurse.get_by_role("button", name="End it").click()
    expect(nurse.get_by_text("No concern is open.")).to_be_visible()

    officer.goto(live_server.url + reverse("reflections:board", args=["a"]))
    expect(officer.get_by_text("Keep safe: every 30", exact=False).first).to_be_visible()
    officer.goto(live_server.url + reverse("safety:keep-safe", args=[world.people["Amir Kaya"]]))
    officer.get_by_role("button", name="We spoke").click()
    expect(officer.get_by_text(re.compile("last looked in"))).to_be_visible()

    nurse.reload()
    nurse.get_by_role("link", name="Amir K.").click()
    nurse.get_by_role("link", name="Hand back to ordinary care").click()
    nurse.get_by_label("seen, not spoken").check()
    nurse.get_by_label("Who goes on, and with what?").fill("His personal officers")
    nurse.get_by_label("Why is it safe now?").fill("He sleeps, and says so.")
    nurse.get_by_role("button", name="Hand back to ordinary care").click()
    expect(nurse.get_by_text("No keep-safe plan runs.")).to_be_visible()
    nurse.goto(live_server.url + reverse("reflections:person", args=[world.people["Amir Kaya"]]))
    expect(nurse.get_by_text("Amir")).to_have_count(0)


def test_nobody_answers_and_everybody_hears_of_it(
    officer: Page, nurse: Page, world: World, live_server: Any
) -> None:
    raise_it(officer)
    assert called(world).keys() == {"called"}
    world.owner.execute("alter table safety_concern disable trigger safety_concern_kept")
    for minutes, step, said in (
        (6, "again", "called again, and the head of unit"),
        (6, "everybody", "Everybody who can answer has been called"),
    ):
        world.owner.execute(
            f"update safety_concern set raised_at = raised_at - interval '{minutes} minutes'"
        )
        call_on()
        assert step in called(world)
        expect(officer.get_by_text(said)).to_be_visible(timeout=15_000)
    nurse.goto(live_server.url)
    expect(nurse.get_by_text("Nobody has taken it up yet.")).to_be_visible()
