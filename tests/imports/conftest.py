"""Imports run as the owner of the tables, whom the other tests never are."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import Result
from typer.testing import CliRunner

from daybook.config.commands.imports import app
from tests.world import World

COMMAND = Path(sys.executable).with_name("daybook")


@dataclass
class Service:
    """The small world, and the ``daybook import`` command beside it."""

    world: World
    environment: dict[str, str]
    folder: Path

    def run(self, *arguments: object) -> Result:
        """The command within this process, which is much quicker than one of its own."""
        done = CliRunner().invoke(app, list(map(str, arguments)), prog_name="daybook import")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    def start(self, *arguments: object) -> "subprocess.Popen[str]":
        """The command in a process of its own, as an administrator types it."""
        return subprocess.Popen(
            [COMMAND, "import", *map(str, arguments)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def all(self, query: str, *values: Any) -> list[Any]:
        return self.world.owner.execute(query, values).fetchall()

    def one(self, query: str, *values: Any) -> Any:
        return self.all(query, *values)[0][0]


@pytest.fixture
def service(world: World, desk: Any, tmp_path: Path, as_owner: dict[str, str]) -> Service:
    """The small world with numbers for its people: Amir is A1, Jonas A2, Bao B1, Cem C1."""
    for name, number in (("Amir Kaya", "A1"), ("Jonas Petit", "A2"), ("Bao Tran", "B1"),
                         ("Cem Demir", "C1")):  # fmt: skip
        world.insert(
            "people_identifier", person_id=world.people[name], system="prison", number=number
        )
    outside = {name: value for name, value in os.environ.items() if "DAYBOOK" not in name}
    return Service(world, outside | as_owner, tmp_path)


@pytest.fixture
def as_owner(
    owner_connection: psycopg.Connection, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """Django at the test's database as its owner; gives the environment that says so."""
    from django.db import connections

    environment = {
        "DAYBOOK_OWNER_URL": desk.clones.url("daybook_owner", desk.database),
        "DAYBOOK_DATABASE_URL": desk.clones.url("daybook_app", desk.database),
        "DAYBOOK_SECRET_KEY": "K6d0-for-tests-only-long-enough-and-with-chance-Zq81xv92",
        "DAYBOOK_VAULT_KEY": "dGhpcnR5LXR3byBieXRlcywgZm9yIHRlc3RzIG9ubHk=",
        "DAYBOOK_AS": "owner",
        "COLUMNS": "200",
        "TERM": "dumb",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    connections.close_all()
    known = connections.settings["default"]
    of_the_app = dict(known)
    owner = owner_connection.info
    known.update(USER=owner.user, PASSWORD=owner.password)
    yield environment
    connections.close_all()
    known.update(of_the_app)
