"""Daybook on this machine alone: an embedded database, its secrets, its environment.

Everything lies in one folder, ``var/demo`` of the checkout unless ``DAYBOOK_FOLDER`` names
another; it is readable by its user only.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from daybook.config import engine, roles

CHECKOUT = Path(__file__).resolve().parents[3]
DATABASE = "daybook"


@dataclass(frozen=True)
class Secrets:
    """What nobody else may know; made once, by chance."""

    owner_password: str
    app_password: str
    secret_key: str


def folder() -> Path:
    """Where this machine's Daybook keeps everything."""
    return Path(os.environ.get("DAYBOOK_FOLDER") or CHECKOUT / "var" / "demo")


def database_folder() -> Path:
    return folder() / "database"


def secrets_kept() -> Secrets:
    """The secrets of this machine's Daybook, made on first use."""
    file = folder() / "secrets.json"
    if not file.exists():
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Secrets(*(secrets.token_urlsafe(48) for _ in range(3)))
        unfinished = file.with_suffix(".unfinished")
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(asdict(made)))
        unfinished.rename(file)
    return Secrets(**json.loads(file.read_text()))


def start() -> engine.Server:
    """The embedded server with Daybook's database and roles in it, running."""
    server = engine.start(database_folder())
    prepare(server, DATABASE)
    return server


def prepare(server: engine.Server, database: str) -> None:
    kept = secrets_kept()
    roles.prepare(
        server.url(),
        database,
        owner_password=kept.owner_password,
        app_password=kept.app_password,
    )


def environment(server: engine.Server, database: str = DATABASE) -> dict[str, str]:
    """What web, worker and commands need to know; nothing with which to change tables."""
    kept = secrets_kept()
    static = folder() / "static"
    static.mkdir(exist_ok=True)
    return {
        "DAYBOOK_DATABASE_URL": roles.at(server.url(), database, roles.APP, kept.app_password),
        "DAYBOOK_SECRET_KEY": kept.secret_key,
        "DAYBOOK_STATIC_ROOT": str(static),
        "DAYBOOK_TREE_HEADS": str(folder() / "tree-heads.jsonl"),
        "DAYBOOK_ERASURE_LEDGER": str(folder() / "erasures.jsonl"),
        "DAYBOOK_PLAIN_HTTP": "1",
        "DAYBOOK_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "daybook.config.settings",
    }


def environment_of_owner(server: engine.Server, database: str = DATABASE) -> dict[str, str]:
    """The same for whoever migrates, backs up and restores."""
    url = roles.at(server.url(), database, roles.OWNER, secrets_kept().owner_password)
    return environment(server, database) | {"DAYBOOK_OWNER_URL": url}


def adopt() -> None:
    """Unless the environment names a database, use this machine's, if it is running."""
    if os.environ.get("DAYBOOK_DATABASE_URL") or os.environ.get("DAYBOOK_OWNER_URL"):
        return
    if server := engine.running(database_folder()):
        os.environ.update(environment_of_owner(server))
