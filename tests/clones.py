"""Databases for tests: one migrated template, cloned in milliseconds.

The first test that asks for a database starts the embedded server, migrates a template as
the owner, and leaves it for the next run: it is rebuilt when a migration, or anything a
migration imports, changes. Every process then works in clones of its own. Processes and
whole runs share the server; the last one to leave stops it.
"""

import ast
import fcntl
import hashlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

import psutil
import psycopg
from psycopg import sql

from daybook.config import engine, roles

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
FOLDER = ROOT / "var" / f"tests-postgresql-{engine.major_version()}"
MEMORY = Path("/dev/shm") / f"daybook-tests-{os.getuid()}"
GIB = 2**30


def keep_in_memory() -> None:
    """Let the server of the tests keep its data in memory where there is room.

    A clone is a thousand small files: beside other work a disk's journal takes seconds for them.
    """
    room = MEMORY.parent.is_dir() and shutil.disk_usage(MEMORY.parent).free > 4 * GIB
    if MEMORY.exists() or (room and psutil.virtual_memory().available > 8 * GIB):
        os.environ.setdefault("DAYBOOK_CLUSTERS", str(MEMORY))


keep_in_memory()


@dataclass
class Clones:
    """This process's copies of the migrated template, on the server that all share."""

    admin_url: str
    _number: Iterator[int] = field(default_factory=count)

    def new(self, template: str | None = None) -> str:
        """A fresh database, a copy of the template; its name."""
        name = f"clone_{os.getpid()}_{next(self._number)}"
        self._admin(
            "CREATE DATABASE {} TEMPLATE {} OWNER daybook_owner STRATEGY FILE_COPY",
            name,
            template or self.migrated_template(),
        )
        return name

    def new_without_tables(self) -> str:
        """A fresh database with roles and schemas, before any migration; its name."""
        name = f"clone_{os.getpid()}_{next(self._number)}"
        self._prepare(name)
        return name

    def drop(self, name: str) -> None:
        self._admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def url(self, role: str, database: str) -> str:
        return roles.at(self.admin_url, database, role, self._password(role))

    def migrated_template(self) -> str:
        """The name of the template with every migration applied, built when missing."""
        name = f"template_{fingerprint_of_migrations()}"
        with _turn("template"):
            if not self._exists(name):
                self._build(name)
        return name

    def filled_template(self, kind: str, mark: str, fill: Callable[[str], None]) -> str:
        """The name of a migrated template with rows in it.

        Built when missing, by ``fill`` with the owner's address, and kept until another
        ``mark`` of this ``kind`` is asked for.
        """
        name = f"{kind}_{mark}"
        with _turn(kind):
            if not self._exists(name):
                for earlier in self._names_beginning(f"{kind}_"):
                    self.drop(earlier)
                unfinished = self.new()
                fill(self.url("daybook_owner", unfinished))
                self._admin("ALTER DATABASE {} RENAME TO {}", unfinished, name)
        return name

    def sweep(self) -> None:
        """Drop what ended runs left behind, and templates of migrations that have changed."""
        current = f"template_{fingerprint_of_migrations()}"
        for name in self._names_beginning("clone_", "unfinished_", "template_"):
            if name != current:
                self.drop(name)

    def _build(self, name: str) -> None:
        unfinished = f"unfinished_{name}"
        self.drop(unfinished)
        where = self._prepare(unfinished)
        migrated = subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--skip-checks", "--verbosity=0"],
            env=os.environ | {"DAYBOOK_AS": "owner", "DAYBOOK_OWNER_URL": where.owner},
            capture_output=True,
            text=True,
        )
        if migrated.returncode:
            raise RuntimeError(f"The migrations fail:\n{migrated.stderr}")
        self._admin("ALTER DATABASE {} RENAME TO {}", unfinished, name)

    def _prepare(self, name: str) -> roles.Addresses:
        return roles.prepare(
            self.admin_url,
            name,
            owner_password=self._password(roles.OWNER),
            app_password=self._password(roles.APP),
        )

    def _password(self, role: str) -> str:
        """A password that every process derives alone from the superuser's."""
        secret = f"{role} {urlsplit(self.admin_url).password}"
        return hashlib.sha256(secret.encode()).hexdigest()

    def _exists(self, name: str) -> bool:
        return name in self._names_beginning(name)

    def _names_beginning(self, *beginnings: str) -> list[str]:
        with psycopg.connect(self.admin_url) as admin:
            names = [name for (name,) in admin.execute("select datname from pg_database")]
        return [name for name in names if name.startswith(beginnings)]

    def _admin(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def shared_server() -> Iterator[Clones]:
    """The server for as long as this process needs it.

    ``DAYBOOK_ADMIN_URL`` names another server to use, by the address of its superuser.
    """
    FOLDER.parent.mkdir(exist_ok=True)
    if given := os.environ.get("DAYBOOK_ADMIN_URL"):
        yield Clones(given)
        return
    with FOLDER.with_suffix(".users").open("w") as users:
        if _is_alone(users):
            _start_and_tidy()
        fcntl.flock(users, fcntl.LOCK_SH)
        yield Clones(engine.start(FOLDER, durable=False).url())
        fcntl.flock(users, fcntl.LOCK_UN)
        if _is_alone(users):
            engine.stop(FOLDER)


def _start_and_tidy() -> None:
    try:
        server = engine.start(FOLDER, durable=False)
    except engine.EngineError:
        # Without fsync a power cut can break the data; they are only copies.
        engine.destroy(FOLDER)
        server = engine.start(FOLDER, durable=False)
    Clones(server.url()).sweep()


def _is_alone(users: TextIO) -> bool:
    """Whether no other process holds the file; if so it is held alone from now on."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _turn(subject: str) -> Iterator[None]:
    with FOLDER.with_suffix(f".{subject}").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


@cache
def fingerprint_of_migrations() -> str:
    """Changes with the migrations, what runs after them, SQL, and whatever they import."""
    after_migrations = (p for p in SOURCE.rglob("apps.py") if b"post_migrate" in p.read_bytes())
    settings = SOURCE / "daybook" / "config" / "settings.py"
    kept = SOURCE.rglob("records.py")
    waiting = [*SOURCE.rglob("migrations/*.py"), *after_migrations, *kept, settings]
    seen = {*SOURCE.rglob("*.sql"), *SOURCE.rglob("signed.py")}
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += _own_imports(path)
    mark = hashlib.sha256()
    for library in ("django", "procrastinate"):
        mark.update(importlib.metadata.version(library).encode())
    for path in sorted(seen):
        mark.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    return mark.hexdigest()[:16]


def _own_imports(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom):
            start = path.parents[node.level - 1] if node.level else SOURCE
            module = start.joinpath(*(node.module or "").split("."))
            candidates = [module, *(module / alias.name for alias in node.names)]
        elif isinstance(node, ast.Import):
            candidates = [SOURCE.joinpath(*alias.name.split(".")) for alias in node.names]
        else:
            continue
        for module in candidates:
            files = (module.with_suffix(".py"), module / "__init__.py")
            yield from (file for file in files if file.exists())
