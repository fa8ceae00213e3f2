"""Fixtures that every test may use.

- ``db``: a transaction that is rolled back, as the app role.
- ``transactional_db``, ``live_server``: real commits, as the app role, in a database that is
  thrown away after the test.
- ``owner_connection``: the same database as its owner sees it, behind row-level security.
- ``page`` (pytest-playwright): a real Chromium.
"""

import os
from collections.abc import Iterator
from typing import Any

import django
import hypothesis
import psycopg
import pytest
from django.conf import settings

from tests.chromium import launch_arguments
from tests.clones import FOLDER, Clones, shared_server

# A worker inherits these settings from the run that started it; anything else is somebody's own.
if settings.configured and "pool" in settings.DATABASES["default"].get("OPTIONS", {}):
    raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests bring their own settings.")

# Before anything imports Django's settings. The real address is set when the first test asks
# for a database: tests of pure numerics start no server.
os.environ.update(
    DJANGO_SETTINGS_MODULE="daybook.config.settings",
    DAYBOOK_DATABASE_URL="postgresql://daybook_app@127.0.0.1:1/not-started",
    DAYBOOK_SECRET_KEY="for tests only, and long enough to be taken for a real one",
    DAYBOOK_PLAIN_HTTP="1",
    DAYBOOK_NO_POOL="1",
    # Sentences of commands are read whole, whatever the width of the terminal.
    COLUMNS="200",
    # Playwright runs a loop in this thread; Django would refuse every query beside it.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)
os.environ.pop("DAYBOOK_AS", None)
hypothesis.settings.register_profile("thorough", max_examples=2_000, deadline=None)
FOLDER.parent.joinpath("static").mkdir(parents=True, exist_ok=True)
django.setup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit to a database of their own carry its mark: `make quick` takes few."""
    for item in items:
        if {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


class Desk:
    """The database the tests of this process work at just now."""

    def __init__(self, clones: Clones) -> None:
        self.clones = clones
        self.database = ""

    def clear(self) -> None:
        """Put a fresh clone in place of the one that was written to."""
        from django.db import connections

        used, self.database = self.database, self.clones.new()
        connections.close_all()
        self._point_django_at(self.database)
        if used:
            self.clones.drop(used)

    def leave(self) -> None:
        from django.db import connections

        connections.close_all()
        self.clones.drop(self.database)

    def _point_django_at(self, database: str) -> None:
        import dj_database_url
        from django.db import connections

        address = dj_database_url.parse(self.clones.url("daybook_app", database))
        known = connections.settings["default"]
        for part in ("NAME", "USER", "PASSWORD", "HOST", "PORT"):
            known[part] = address[part]


@pytest.fixture(scope="session")
def clones() -> Iterator[Clones]:
    """Copies of the migrated template, for tests that need several databases."""
    with shared_server() as clones:
        yield clones


@pytest.fixture(scope="session")
def desk(clones: Clones, django_test_environment: None) -> Iterator[Desk]:
    desk = Desk(clones)
    desk.clear()
    yield desk
    desk.leave()


@pytest.fixture(scope="session")
def django_db_setup(desk: Desk) -> Iterator[None]:
    """What Django's test runner does by flushing tables is done here by a fresh clone."""
    from django.test import TransactionTestCase

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: desk.clear())
        yield


@pytest.fixture
def owner_connection(transactional_db: None, desk: Desk) -> Iterator[psycopg.Connection]:
    """The test's database as its owner sees it: every row, committed ones only."""
    from daybook.understand.instruments.queries import definition

    # A version never changes, so a process reads it once; another clone is another service.
    definition.cache_clear()
    address = desk.clones.url("daybook_owner", desk.database)
    # Its day is the service's, as in every session that Daybook opens.
    zone = f"-c timezone={settings.TIME_ZONE}"
    with psycopg.connect(address, autocommit=True, options=zone) as connection:
        yield connection


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | launch_arguments()


@pytest.fixture
def world(owner_connection: psycopg.Connection) -> Any:
    """A small service (``tests.world.small_world``) in this test's own clone."""
    from tests.world import small_world

    return small_world(owner_connection)
