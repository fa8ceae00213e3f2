"""A filled fictional service behind a real web server, to be read by every kind of role."""

import hashlib
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page

from daybook.config.commands.serve import web_command
from daybook.demo.fill import PASSWORD
from tests.clones import SOURCE, Clones, fingerprint_of_migrations
from tests.factors import give_device, sign_in
from tests.world import World

from .pages import UNIT, Kind, find

As = Callable[[str], Page]
FILL = (
    "import django; django.setup(); from daybook.demo.fill import fill; "
    "fill(lambda doing, share: None, people=60, days=100)"
)


@dataclass
class Service:
    """Where it is served, its database as the owner sees it, and who has signed in so far."""

    address: str
    owner: psycopg.Connection
    browser: Browser
    signed_in: dict[str, list[Any]] = field(default_factory=dict)

    def open(self, page: Page, username: str, path: str) -> Any:
        """Go to ``path`` as the member of staff with this number, or as nobody."""
        if username:
            page.context.add_cookies(self._session(username))
        return page.goto(self.address + path)

    def _session(self, username: str) -> list[Any]:
        if username not in self.signed_in:
            with self.browser.new_context() as context:
                page = context.new_page()
                give_device(self.owner, username)
                sign_in(page, self.address, username, PASSWORD)
                page.wait_for_url(f"{self.address}/")
                self.signed_in[username] = context.cookies()
        return self.signed_in[username]


@pytest.fixture(scope="session")
def service(clones: Clones, browser: Browser) -> Iterator[Service]:
    """Sixty people over a hundred days, and a meeting that has begun; only read by the tests.

    So many days that the last whole month is told of raters also on the last of a month.
    """
    database = clones.new(filled_template(clones))
    with (
        psycopg.connect(clones.url("daybook_owner", database), autocommit=True) as owner,
        served(clones.url("daybook_app", database)) as address,
    ):
        service = Service(address, owner, browser)
        begin_a_meeting(service)
        yield service
    clones.drop(database)


def filled_template(clones: Clones) -> str:
    """The fictional service of today, small; filled anew when any of its source changes."""
    mark = hashlib.sha256(f"{date.today()} {fingerprint_of_migrations()}".encode())  # noqa: DTZ011
    for path in sorted(SOURCE.rglob("*.py")):
        mark.update(path.read_bytes())
    return clones.filled_template("filled", mark.hexdigest()[:16], fill_it)


def fill_it(owner_url: str) -> None:
    owner = os.environ | {"DAYBOOK_AS": "owner", "DAYBOOK_OWNER_URL": owner_url}
    subprocess.run([sys.executable, "-c", FILL], env=owner, check=True)


@contextmanager
def served(database_url: str) -> Iterator[str]:
    """Daybook's own web server on this database; its address."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(64)
        command = web_command(f"fd://{door.fileno()}", processes=1, threads=4)
        app = os.environ | {"DAYBOOK_DATABASE_URL": database_url}
        with subprocess.Popen(command, env=app, pass_fds=[door.fileno()]) as web:
            address = "http://{}:{}".format(*door.getsockname())
            try:
                # It listens already: the first request waits until somebody answers.
                urllib.request.urlopen(f"{address}/ready/", timeout=60).close()
                yield address
            finally:
                web.terminate()


def begin_a_meeting(service: Service) -> None:
    username, _ = find(service.owner, Kind("reflections:meetings", "wing-officer", UNIT))
    with service.browser.new_context() as context:
        page = context.new_page()
        service.open(page, username, "/meetings/")
        page.get_by_role("button", name="Begin the meeting").click()


@pytest.fixture
def as_(browser: Browser, world: World, live_server: Any) -> Iterator[As]:
    """A window of one's own for each member of staff, kept until the test ends."""
    open_: dict[str, Page] = {}

    def window(who: str) -> Page:
        if who not in open_:
            context = browser.new_context(base_url=live_server.url)
            session = world.client(who).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            open_[who] = context.new_page()
        return open_[who]

    yield window
    for page in open_.values():
        page.context.close()
