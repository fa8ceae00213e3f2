"""The parts in a real Chromium: sizes, keys, drafts, one press one save, axe."""

import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.ui import gallery

pytestmark = pytest.mark.browser

PAGES = sorted(gallery.pages())
WIDTHS = [(390, 844), (820, 1180), (1440, 900)]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass

    def do_POST(self) -> None:
        """Every save succeeds after a moment, and says so on the next page."""
        self.server.saves += 1  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(0.5)
        body = Path(self.directory, "board.html").read_text(encoding="utf-8")
        body = body.replace("</main>", '<p data-draft-saved="reflection-7-214">Saved</p></main>')
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadingHTTPServer]:
    folder = tmp_path_factory.mktemp("gallery")
    gallery.build(folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        server.saves = 0  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def address(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_hinders_anyone(page: Page, address: str, name: str, theme: str) -> None:
    """Axe finds nothing, at each width; nothing is wider than the screen."""
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{address}/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page).response["violations"] == []


def test_sixty_people_on_one_screen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{address}/board.html")
    expect(page.locator(".tile")).to_have_count(60)
    lowest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.tile')]"
        ".map(tile => tile.getBoundingClientRect().bottom))"
    )
    assert lowest <= 900


@pytest.mark.parametrize("name", ["reflect", "wrong", "board", "parts"])
def test_a_cold_finger_finds_its_target(page: Page, address: str, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/{name}.html")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            'button, summary, label:has(input), .filters a, .desk-nav a, .back, .tile, select')]
          .filter(part => part.checkVisibility())
          .map(part => [part.className || part.textContent, part.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
          .map(([name, box]) => `${name} ${box.width}×${box.height}`)"""
    )
    assert small == []


def test_right_to_left_mirrors(page: Page, tmp_path: Path) -> None:
    gallery.build(tmp_path, "ar")
    handler = partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/reflect.html")
        first, last = page.locator(".scale").first.locator(".first, .last").all()
        assert first.bounding_box()["x"] > last.bounding_box()["x"]  # type: ignore[index]
        server.shutdown()


def test_numbers_choose_and_control_enter_saves(
    page: Page, address: str, server: ThreadingHTTPServer
) -> None:
    page.goto(f"{address}/reflect.html")
    page.locator("#id_mood_0").focus()
    page.keyboard.press("4")
    expect(page.locator("#id_mood_3")).to_be_checked()
    page.keyboard.press("6")
    expect(page.get_by_role("radio", name="can’t tell").first).to_be_checked()
    page.locator("summary", has_text="seen or heard").click()
    page.locator("#id_fact").fill("5 of 7 came")
    saves = server.saves  # type: ignore[attr-defined]
    page.keyboard.press("Control+Enter")
    page.get_by_text("Saved").wait_for()
    assert server.saves == saves + 1  # type: ignore[attr-defined]


def test_a_slash_searches_but_can_be_written(page: Page, address: str) -> None:
    page.goto(f"{address}/board.html")
    page.keyboard.press("/")
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    page.keyboard.type("B2/14")
    expect(box).to_have_value("B2/14")


def test_a_question_shows_when_it_is_raised(page: Page, address: str) -> None:
    page.goto(f"{address}/reflect.html")
    follow_up = page.get_by_role("group", name="And that is")
    expect(follow_up).to_be_hidden()
    page.get_by_role("radio", name="a little").check(force=True)
    expect(follow_up).to_be_visible()


def test_a_half_written_form_survives_a_closed_tab(page: Page, address: str) -> None:
    page.goto(f"{address}/reflect.html")
    page.get_by_role("radio", name="real talk").check(force=True)
    page.locator("summary", has_text="his own words").click()
    page.locator("#id_own").fill("I’m fine")
    later = page.context.new_page()
    page.close()

    later.goto(f"{address}/reflect.html")
    expect(later.get_by_role("status").filter(has_text="not saved yet")).to_be_visible()
    expect(later.locator("#id_own")).to_have_value("I’m fine")
    expect(later.get_by_role("radio", name="real talk")).to_be_checked()

    later.get_by_role("button", name="Save").click()
    later.get_by_text("Saved").wait_for()
    later.goto(f"{address}/reflect.html")
    expect(later.locator(".draft-note")).to_have_count(0)
    expect(later.locator("#id_own")).to_have_value("")


def test_a_draft_can_be_discarded(page: Page, address: str) -> None:
    page.goto(f"{address}/reflect.html")
    page.get_by_role("radio", name="real talk").check(force=True)
    page.reload()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("radio", name="real talk")).not_to_be_checked()
    page.reload()
    expect(page.locator(".draft-note")).to_have_count(0)


def test_yesterdays_draft_does_not_stay_on_a_shared_desk(page: Page, address: str) -> None:
    page.goto(f"{address}/reflect.html")
    page.evaluate(
        "localStorage.setItem('draft:other', JSON.stringify("
        "{at: Date.now() - 13 * 3600e3, given: [['fact', 'old']]}))"
    )
    page.reload()
    assert page.evaluate("localStorage.getItem('draft:other')") is None


def test_a_double_tap_saves_once(page: Page, address: str, server: ThreadingHTTPServer) -> None:
    page.goto(f"{address}/reflect.html")
    saves = server.saves  # type: ignore[attr-defined]
    # Without the page's own waiting, as a finger taps.
    tap = "setTimeout(() => document.querySelector('.save-bar button').click(), {})"
    page.evaluate(tap.format(0) + ";" + tap.format(200) + "; 0")
    page.get_by_text("Saved").wait_for()
    assert server.saves == saves + 1  # type: ignore[attr-defined]
    page.go_back()
    expect(page.locator("[aria-disabled]")).to_have_count(0)
