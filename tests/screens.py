"""Pictures of every kind of page that a link leads to, into ``var/screens``: ``make screens``.

Each is taken once, by the first role that comes to it, at three widths, light and dark.
``make screens DOCS=1`` takes the few that the documents show, into ``docs/pictures``, again.
"""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from rich.progress import track

from tests.chromium import launch_arguments

PICTURES = Path("var/screens")
OF_THE_DOCS = Path("docs/pictures")
WIDTHS = {390: 844, 820: 1180, 1440: 900}
THEMES = ("light", "dark")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        if sys.argv[1:] == ["docs"]:
            illustrate(browser, address)
            return
        seen: set[str] = set()
        photograph(browser.new_page(), address + "/sign-in/", "sign-in")
        for door in track(doors(browser, address), description="Walking through"):
            walk(browser, address, door, seen)


def walk(browser: Browser, address: str, door: int, seen: set[str]) -> None:
    """Sign in by one of the demonstration's doors, and follow each kind of link once."""
    page = browser.new_context().new_page()
    page.goto(address + "/sign-in/")
    page.locator(".doors button").nth(door).click()
    waiting = [page.url]
    while waiting:
        url = waiting.pop(0)
        kind = kind_of(url.removeprefix(address))
        if kind in seen or not url.startswith(address):
            continue
        seen.add(kind)
        photograph(page, url, kind)
        waiting += page.locator("a[href]").evaluate_all("links => links.map(a => a.href)")


def photograph(page: Page, url: str, name: str) -> None:
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            answer = page.goto(url)
            if answer is None or not answer.ok:
                raise SystemExit(f"{url} did not answer with a page.")
            page.screenshot(path=PICTURES / f"{name}-{width}-{theme}.png", full_page=True)


def illustrate(browser: Browser, address: str) -> None:
    """The board, a person and the reflection, as a personal officer sees them."""
    page = browser.new_context(color_scheme="light").new_page()
    page.goto(address + "/sign-in/")
    page.locator(".doors button", has_text="Personal officer").click()
    page.get_by_role("link", name="Wing", exact=True).click()
    take(page, "board", 1440, 900)
    changed = page.locator(".tile.strong", has=page.locator(".spark .lower, .lower"))
    changed.locator("a").first.click()
    take(page, "person", 1440, 900)
    page.get_by_role("link", name="My people").click()
    page.get_by_role("link", name=re.compile("^(Go on|Begin)")).click()
    take(page, "reflect", 390, 844)


def take(page: Page, name: str, width: int, height: int) -> None:
    OF_THE_DOCS.mkdir(exist_ok=True)
    page.set_viewport_size({"width": width, "height": height})
    page.mouse.move(0, 0)
    page.screenshot(path=OF_THE_DOCS / f"{name}.png")


def kind_of(path: str) -> str:
    """The address with everything that tells one row from another taken out."""
    path = re.sub(r"[?#].*", "", path)
    path = re.sub(r"/[0-9a-f-]{36}(?=/)|/\d+(?=/)", "/one", path)
    path = re.sub(r"^/(wing|officers)/[^/]+", r"/\1/one", path)
    return path.strip("/").replace("/", "-") or "home"


def doors(browser: Browser, address: str) -> range:
    page = browser.new_page()
    page.goto(address + "/sign-in/")
    return range(page.locator(".doors button").count())


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration of its own, open; its address."""
    command = [Path(sys.executable).with_name("daybook"), "demo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        try:
            address = ""
            for line in demo.stdout or ():
                sys.stdout.write(line)
                if found := re.search(r"open at (http://127\.0\.0\.1:\d+)\.", line):
                    address = found.group(1)
                    break
            if not address:
                raise SystemExit("The demonstration did not open.")
            yield address
        finally:
            demo.send_signal(signal.SIGTERM)


if __name__ == "__main__":
    main()
