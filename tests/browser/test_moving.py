"""Somebody moves, and whoever receives them knows the same minute what the others knew."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from daybook.foundation.registry.keys import new_key
from tests.observe.safety.safety_world import add_note, keep_apart
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_desk(world: World, live_server: Any, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A screen of one's own for whoever is named, until the test ends."""
    screens: list[BrowserContext] = []

    def sit_down(who: str, width: int = 1440) -> Page:
        screen = browser.new_context(
            viewport={"width": width, "height": 844}, base_url=live_server.url
        )
        screens.append(screen)
        session = world.client(who).cookies["sessionid"].value
        screen.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return screen.new_page()

    yield sit_down
    for screen in screens:
        screen.close()


def test_who_receives_knows_it_the_same_minute_and_who_sent_no_more(
    world: World, at_desk: Callable[..., Page]
) -> None:
    amir, author, now = world.people["Amir Kaya"], world.staff["wing-officer"], timezone.now()
    add_note(world, "Amir Kaya", "evacuation")
    keep_apart(world, "Amir Kaya", "Bao Tran")
    world.insert(
        "reflections_usualpattern", id=new_key(), person_id=amir, written_by_id=author,
        words="Whistles in the morning.", own_words="", agreed_with_person=True, written_at=now,
        review_on=timezone.localdate() + timedelta(days=20),
    )  # fmt: skip
    world.insert(
        "shifts_request", id=new_key(), person_id=amir, asked="A call home", asked_of_id=author,
        asked_on=timezone.localdate(), written_by_id=author, written_at=now,
    )  # fmt: skip
    world.insert(
        "safety_checkin", id=new_key(), person_id=amir, source="test:1", occasion="court",
        opens_at=now - timedelta(hours=1), due_at=now + timedelta(hours=2), came_of_it="",
        words="", opened_at=now,
    )  # fmt: skip
    leads, sends = at_desk("duty-manager", 390), at_desk("wing-officer")
    receives = at_desk("b-officer")
    person = reverse("reflections:person", args=[amir])
    assert receives.goto(person).status == 404  # type: ignore[union-attr]

    leads.goto(reverse("people:ahead", args=[amir]))
    leads.get_by_role("link", name="Move, or release").click()
    leads.get_by_label("Where to?").select_option(label="B wing")
    leads.get_by_role("button", name="Save").click()
    expect(
        leads.get_by_text("Bao T. and they are kept apart, and both would live on B wing.")
    ).to_be_visible()
    leads.get_by_label("Why, in a few words").fill("The only bed with a rail.")
    leads.get_by_role("button", name="Move them all the same").click()
    expect(leads.get_by_text("Saved.")).to_be_visible()

    receives.goto(reverse("reflections:board", args=["b"]))
    expect(receives.get_by_text("Amir K.").first).to_be_visible()
    expect(receives.get_by_text("needs an arm on the stairs").first).to_be_visible()
    receives.goto(person)
    for words in ("Whistles in the morning.", "needs an arm on the stairs", "A call home", "court"):
        expect(receives.get_by_text(words).first).to_be_visible()
    receives.goto(reverse("reflections:reflect", args=[amir]))
    expect(receives.get_by_text("needs an arm on the stairs").first).to_be_visible()
    # The usual day waits folded, above the questions.
    expect(receives.get_by_text("Whistles in the morning.").first).to_be_attached()

    assert sends.goto(person).status == 404  # type: ignore[union-attr]
    sends.goto(reverse("shifts:last-note", args=[amir]))
    sends.get_by_role("textbox").fill("Talks best while walking.")
    sends.locator("main form button, .save-bar button").first.click()
    receives.goto(person)
    expect(receives.get_by_text("Talks best while walking.").first).to_be_visible()

    leads.goto(reverse("people:move", args=[amir]))
    leads.get_by_label("Where to?").select_option(label="released")
    leads.get_by_role("button", name="Save").click()
    for each in (leads, sends, receives):
        assert each.goto(person).status == 404  # type: ignore[union-attr]
    assert sends.goto(reverse("shifts:last-note", args=[amir])).status == 404  # type: ignore[union-attr]
