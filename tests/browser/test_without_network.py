"""A landing where the network comes and goes: carried, sealed, locked, sent."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from joserfc.jwk import ECKey
from playwright.sync_api import Page, expect

from daybook.web.carry.sealing import opened
from tests.web.carry.envelopes import envelope
from tests.world import World

from .pages import hard_to_touch, lost_to_the_keyboard, wider_than_the_screen
from .waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ME, CARRIED = "wing-officer", "/carry/wing/a/"
WORDS = "Spoke of his daughter at length."
STORED = """async () => {
  const database = await new Promise((done, fail) => {
    const asked = indexedDB.open("daybook", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("sealed", { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = fail;
  });
  return new Promise((done, fail) => {
    const all = database.transaction("sealed").objectStore("sealed").getAll();
    all.onsuccess = () => { database.close(); done(all.result); };
    all.onerror = fail;
  });
}"""
PUT = """async (given) => { for (const each of given) await window.daybookWaiting.keep(each); }"""
EVERYTHING_KEPT = """async () => {
  let kept = JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      kept += request.url + " " + await (await cache.match(request)).text();
    }
  }
  return kept;
}"""


def come_in(page: Page, world: World, live_server: Any, name: str = ME, path: str = "/") -> None:
    session = world.client(name).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url + path)


@pytest.fixture
def carried(page: Page, world: World, live_server: Any) -> Page:
    come_in(page, world, live_server, path=CARRIED)
    return page


def until_kept(page: Page, count: int) -> None:
    """Wait for so many sealed entries in the browser: the line on the page may lag behind."""
    for _ in range(150):
        if len(page.evaluate(STORED)) == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(page.evaluate(STORED))} kept, and not {count}")


def row(page: Page, name: str) -> Any:
    return page.locator("li[data-person]").filter(has_text=name)


def write(page: Page, name: str = "Amir K.") -> None:
    row(page, name).get_by_role("link").click()
    page.get_by_text("few words", exact=True).click()
    page.get_by_text("as usual", exact=True).click()
    page.get_by_role("button", name="Save").click()


def saved(world: World) -> list[Any]:
    return world.owner.execute(
        "select contact, seen_heard from reflections_reflection order by saved_at"
    ).fetchall()


def test_online_it_is_saved_at_once(carried: Page, world: World) -> None:
    write(carried)
    expect(row(carried, "Amir K.").locator(".state")).to_have_text("Saved")
    assert saved(world) == [("words", "")]
    assert carried.evaluate(STORED) == []
    expect(carried.locator(".waiting")).to_be_hidden()


def test_what_a_browser_seals_the_service_opens_and_nobody_else(
    carried: Page, world: World
) -> None:
    carried.context.set_offline(True)
    write(carried)
    expect(row(carried, "Amir K.").locator(".state")).to_have_text("Sealed, waits to be sent")
    [kept] = carried.evaluate(STORED)
    assert set(kept) == {"id", "staff", "concern", "at", "sealed"}
    assert kept["concern"] is False
    inside = opened(kept["sealed"])
    assert str(inside.key) == kept["id"]
    assert inside.person_id == world.people["Amir Kaya"]
    assert dict(inside.said) == {"contact": "words", "difference": "as-usual"}
    assert "as-usual" not in kept["sealed"]


def test_without_the_network_all_is_written_and_sent_when_it_is_back(
    carried: Page, world: World
) -> None:
    carried.context.set_offline(True)
    write(carried)
    row(carried, "Jonas P.").get_by_role("link").click()
    carried.get_by_role("button", name="Write more").click()
    carried.get_by_text("talk", exact=True).click()
    carried.get_by_text("seen or heard").click()
    carried.get_by_role("textbox", name="seen or heard").fill(WORDS)
    carried.get_by_role("button", name="Save").click()
    expect(carried.locator(".waiting")).to_contain_text("sent when the network is back: 2")
    assert saved(world) == []
    carried.context.set_offline(False)
    for name in ("Amir K.", "Jonas P."):
        expect(row(carried, name).locator(".state")).to_have_text("Saved")
    assert sorted(saved(world)) == [("talk", WORDS), ("words", "")]
    assert carried.evaluate(STORED) == []


def test_an_answer_that_is_lost_sends_it_twice_and_saves_it_once(
    carried: Page, world: World
) -> None:
    def arrives_and_the_line_drops(route: Any) -> None:
        route.fetch()
        route.abort()

    carried.route("**/carry/arrive/", arrives_and_the_line_drops)
    write(carried)
    expect(carried.locator(".waiting")).to_contain_text("sent when the network is back: 1")
    assert len(saved(world)) == 1
    carried.unroute("**/carry/arrive/")
    carried.reload()
    until_kept(carried, 0)
    expect(carried.locator(".waiting")).to_be_hidden()
    assert carried.evaluate(STORED) == []
    assert len(saved(world)) == 1


def test_locked_without_the_network_the_list_is_gone_and_the_entries_wait(
    carried: Page, world: World, live_server: Any
) -> None:
    carried.context.set_offline(True)
    write(carried)
    row(carried, "Jonas P.").get_by_role("link").click()
    carried.get_by_role("button", name="Write more").click()
    carried.get_by_text("seen or heard").click()
    carried.get_by_role("textbox", name="seen or heard").fill(WORDS)
    carried.get_by_role("button", name="Lock").click()
    expect(carried.get_by_role("heading", name="Locked")).to_be_visible()
    expect(carried.locator("main")).to_contain_text("each sent when whoever wrote it signs in")
    for secret in ("Amir", "Jonas", WORDS):
        assert secret not in carried.content()
    until_kept(carried, 2)
    assert WORDS not in str(carried.evaluate(STORED))

    # A colleague comes: theirs is not what waits here.
    carried.context.set_offline(False)
    come_in(carried, world, live_server, "personal-officer")
    expect(carried.locator(".waiting")).to_contain_text("Sealed here by colleagues")
    expect(carried.locator(".waiting")).to_contain_text("2")
    assert saved(world) == []

    # Whoever wrote them comes again, to any page.
    come_in(carried, world, live_server)
    expect(carried.locator(".waiting")).to_contain_text("Arrived, and needs a look from you: 1")
    assert saved(world) == [("words", "")]
    carried.get_by_role("link", name="See what needs a look").click()
    carried.get_by_role("link", name="Jonas P.").click()
    expect(carried.get_by_role("textbox", name="seen or heard")).to_have_value(WORDS)
    carried.get_by_text("talk", exact=True).click()
    carried.get_by_role("button", name="Save").click()
    expect(carried.get_by_text("Nothing needs a look")).to_be_visible()
    assert ("talk", WORDS) in saved(world)


def test_a_sign_in_that_has_ended_sends_nothing_until_the_next(
    carried: Page, world: World, live_server: Any
) -> None:
    world.owner.execute("update staff_signin set ended_at = now()")
    write(carried)
    expect(carried.locator(".waiting")).to_contain_text("sent once you sign in again: 1")
    assert saved(world) == []
    come_in(carried, world, live_server)
    # The line is hidden before anything is counted, too: the store tells when it has gone.
    until_kept(carried, 0)
    expect(carried.locator(".waiting")).to_be_hidden()
    assert len(saved(world)) == 1


def test_nothing_that_is_kept_holds_a_name(carried: Page, live_server: Any) -> None:
    carried.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    write(carried)
    expect(row(carried, "Amir K.").locator(".state")).to_have_text("Saved")
    carried.reload()
    kept = carried.evaluate(EVERYTHING_KEPT)
    assert "No network just now" in kept
    assert "tokens" in kept
    assert not re.search(r"Amir|Kaya|Jonas|Petit|\ba-0\d|wing officer", kept, re.IGNORECASE)
    kept_pages = carried.evaluate(
        """async () => {
          const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
          const requests = await Promise.all(stores.map((cache) => cache.keys()));
          return requests.flat().map((each) => new URL(each.url).pathname);
        }"""
    )
    assert [path for path in kept_pages if not path.startswith("/static/")] == ["/carry/offline/"]

    carried.context.set_offline(True)
    carried.reload()
    expect(carried.get_by_role("heading", name="No network just now")).to_be_visible()
    ground = carried.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    assert ground != "rgba(0, 0, 0, 0)"
    carried.goto(live_server.url + CARRIED)
    expect(carried.get_by_role("heading", name="No network just now")).to_be_visible()


def test_five_hundred_that_wait_are_sent_with_a_bar_that_moves(
    carried: Page, world: World, live_server: Any
) -> None:
    staff = carried.locator(".waiting").get_attribute("data-whose")
    people = ("Amir Kaya", "Jonas Petit")
    waiting = [
        {"id": str(n), "staff": staff, "sealed": envelope(world, ME, people[n % 2])}
        for n in range(500)
    ]
    carried.context.set_offline(True)
    carried.evaluate(PUT, waiting)
    seen: list[float] = []
    carried.expose_function("daybookSeen", lambda share: seen.append(share))
    carried.evaluate(
        """() => {
          const bar = document.querySelector(".waiting progress");
          new MutationObserver(() => { if (!bar.hidden) window.daybookSeen(bar.position); })
            .observe(bar, { attributes: true });
        }"""
    )
    carried.context.set_offline(False)
    expect(carried.locator(".waiting")).to_be_hidden(timeout=120_000)
    assert len(saved(world)) == 500
    assert carried.evaluate(STORED) == []
    assert seen == sorted(seen)
    assert len(set(seen)) >= 10


NOT_YET = "This has not gone anywhere yet"


def fear_for(page: Page, name: str = "Amir K.") -> None:
    row(page, name).get_by_role("button", name="Concern").click()
    row(page, name).get_by_role("button", name="may hurt themself").click()


def concerns(world: World) -> list[Any]:
    return world.owner.execute("select person_id, kind from safety_concern").fetchall()


def test_a_concern_says_that_it_went_nowhere_until_it_has_called(
    carried: Page, world: World, live_server: Any
) -> None:
    carried.set_viewport_size({"width": 390, "height": 844})
    carried.context.set_offline(True)
    fear_for(carried)
    expect(row(carried, "Amir K.").get_by_role("alert").first).to_contain_text(NOT_YET)
    waits = carried.locator(".concern-waits")
    expect(waits).to_contain_text("Tell someone now")
    found = [str(each["id"]) for each in Axe().run(carried).response["violations"]]
    assert found + wider_than_the_screen(carried) + hard_to_touch(carried) == []
    # Locked, the screen still says it, and not about whom.
    carried.get_by_role("button", name="Lock").click()
    expect(carried.locator("main.locked")).to_contain_text("Tell someone now")
    assert "Amir" not in carried.content()
    assert concerns(world) == []
    # Whoever comes next to this device brings it.
    carried.context.set_offline(False)
    come_in(carried, world, live_server, "personal-officer")
    until_kept(carried, 0)
    assert concerns(world) == [(world.people["Amir Kaya"], "self-harm")]
    expect(carried.locator(".concern-waits")).to_be_hidden()


def test_a_concern_that_stays_shut_is_told_to_people_and_calls_no_more(
    carried: Page, world: World
) -> None:
    staff = carried.locator(".waiting").get_attribute("data-whose")
    other = ECKey.generate_key("P-256")
    sealed = envelope(world, ME, "Amir Kaya", form="concern", said=[["kind", "health"]], to=other)
    shut = {"id": "x", "staff": staff, "concern": True, "at": 1, "sealed": sealed}
    carried.evaluate(PUT, [shut])
    expect(carried.locator(".waiting")).to_contain_text("can’t be sent just now")
    expect(carried.locator(".concern-waits")).to_be_hidden()
    [kept] = carried.evaluate(STORED)
    assert kept["concern"] is False, "it stays, in case an earlier key is brought back"
    told = "select count(distinct staff_id) from duties_notice where kind = 'carried-concern-shut'"
    assert world.owner.execute(told).fetchone()[0] >= 2


def test_a_concern_with_the_network_calls_at_once(carried: Page, world: World) -> None:
    fear_for(carried)
    expect(row(carried, "Amir K.").get_by_role("alert").first).to_contain_text("Raised.")
    assert concerns(world) == [(world.people["Amir Kaya"], "self-harm")]


def test_the_concern_written_last_of_five_hundred_goes_first(carried: Page, world: World) -> None:
    staff = carried.locator(".waiting").get_attribute("data-whose")
    now = 1_700_000_000_000
    waiting = [
        {"id": f"{n:03}", "staff": staff, "concern": False, "at": now + n,
         "sealed": envelope(world, ME, "Amir Kaya")}
        for n in range(499)
    ]  # fmt: skip
    last = envelope(world, ME, "Jonas Petit", form="concern", said=[["kind", "health"]])
    waiting.append({"id": "zzz", "staff": staff, "concern": True, "at": now + 999, "sealed": last})
    carried.context.set_offline(True)
    carried.evaluate(PUT, waiting)
    first_of: list[int] = []

    def watch(route: Any) -> None:
        sent = route.request.post_data or ""
        if "/arrive/" in route.request.url:
            first_of.append(sent.count('name="sealed"'))
            answer = route.fetch()
            if len(first_of) == 1:
                # Before anything else has been sent, those who answer are called.
                assert len(concerns(world)) == 1
                assert saved(world) == []
            route.fulfill(response=answer)

    carried.route("**/carry/arrive/", watch)
    carried.context.set_offline(False)
    expect(carried.locator(".waiting")).to_be_hidden(timeout=120_000)
    assert first_of[0] == 1
    assert len(concerns(world)) == 1
    assert len(saved(world)) == 499
    assert carried.evaluate(STORED) == []


def test_a_form_sent_without_the_network_ends_in_words(
    carried: Page, world: World, live_server: Any
) -> None:
    carried.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    carried.goto(live_server.url + "/safety/concern/")
    until(carried, "navigator.serviceWorker.controller !== null")
    carried.context.set_offline(True)
    carried.get_by_role("button", name="may hurt themself").first.click()
    expect(carried.get_by_text("Nothing goes out from here just now")).to_be_visible()
    assert concerns(world) == []


def test_a_check_in_without_the_network(carried: Page, world: World) -> None:
    world.owner.execute(
        "insert into safety_checkin (id, person_id, occasion, source, opens_at, due_at, opened_at,"
        " came_of_it, words) values (gen_random_uuid(), %s, 'first-night', 'test',"
        " now() - interval '1 hour', now() + interval '3 hours', now(), '', '')",
        [world.people["Amir Kaya"]],
    )
    carried.reload()
    carried.context.set_offline(True)
    row(carried, "Amir K.").get_by_role("button", name="Look in: first night").click()
    carried.get_by_text("we talked", exact=True).click()
    carried.get_by_role("button", name="Save").click()
    expect(row(carried, "Amir K.").locator(".state")).to_have_text("Sealed, waits to be sent")
    carried.context.set_offline(False)
    expect(row(carried, "Amir K.").locator(".state")).to_have_text("Saved")
    assert world.owner.execute("select came_of_it from safety_checkin").fetchall() == [("talked",)]


def test_one_the_server_stumbles_over_keeps_no_other_waiting(carried: Page, world: World) -> None:
    carried.context.set_offline(True)
    write(carried)
    write(carried, "Jonas P.")
    stumbles = carried.evaluate(STORED)[0]["sealed"]

    def stumble(route: Any) -> None:
        if stumbles in (route.request.post_data or ""):
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    carried.route("**/carry/arrive/", stumble)
    carried.context.set_offline(False)
    expect(carried.locator(".waiting")).to_contain_text("can’t be sent just now")
    expect(carried.locator(".waiting")).to_contain_text(": 1")
    assert len(saved(world)) == 1


def test_without_script_each_name_leads_to_the_ordinary_form(
    browser: Any, world: World, live_server: Any
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    come_in(page, world, live_server, path=CARRIED)
    page.get_by_role("link", name="Amir K.").click()
    page.get_by_text("few words", exact=True).click()
    page.get_by_role("button", name="Save").click()
    assert len(saved(world)) == 1
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_hinders_anyone(carried: Page, width: int) -> None:
    carried.set_viewport_size({"width": width, "height": 844})
    row(carried, "Amir K.").get_by_role("link").click()
    for _ in range(2):
        found = [str(each["id"]) for each in Axe().run(carried).response["violations"]]
        assert found + wider_than_the_screen(carried) + hard_to_touch(carried) == []
        assert lost_to_the_keyboard(carried) == []
        if carried.get_by_role("button", name="Write more").count():
            carried.get_by_role("button", name="Write more").click()
