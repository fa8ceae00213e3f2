"""A copy of the database, in whatever form, tells nothing of what is told in confidence."""

import base64
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from django.conf import settings

from daybook.config import engine
from daybook.foundation.registry.keys import new_key
from daybook.foundation.vault.queries import _data_keys
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

SECRETS = {
    "a note": "Xochipilli weeps for his brother",
    "an addition": "Tezcatlipoca wrote a letter",
    "a health note": "Mictlantecuhtli cannot sleep",
    "a source": "Tlazolteotl of the laundry",
    "a request": "Quetzalcoatl wants to know",
    "a reason": "Huitzilopochtli is afraid",
    "an answer": "Coatlicue may be told",
    "why so": "Chalchiuhtlicue agreed",
}
IN_CLEAR = "Whistled the Marseillaise on the landing"


@pytest.fixture
def told(world: World) -> World:
    """Everything there is to tell, through the pages, and one ordinary entry beside."""
    amir = world.people["Amir Kaya"]
    world.insert("people_identifier", person_id=amir, system="prison", number="N-1")
    chaplain, asker = world.client("chaplain"), world.client("head-of-unit")

    def post(client: Any, address: str, **said: str) -> Any:
        key = new_key()
        assert client.post(address, {"key": key} | said).status_code == 302, address
        return key

    note = post(chaplain, f"/people/{amir}/in-confidence/", words=SECRETS["a note"])
    post(chaplain, f"/in-confidence/notes/{note}/add/", words=SECRETS["an addition"])
    post(
        world.client("psychologist"), f"/people/{amir}/in-confidence/",
        words=SECRETS["a health note"],
    )  # fmt: skip
    post(world.client("wing-officer"), "/in-confidence/source/", words=SECRETS["a source"])
    question = post(
        asker, "/in-confidence/ask/", number="N-1", kept="pastoral", words=SECRETS["a request"],
        reason=SECRETS["a reason"],
    )  # fmt: skip
    post(
        chaplain, f"/in-confidence/asked/{question}/answer/", reply="yes",
        words=SECRETS["an answer"], reason=SECRETS["why so"],
    )  # fmt: skip
    world.add_reflection("Amir Kaya", "wing-officer", seen_heard=IN_CLEAR)
    return world


def forms(words: str) -> Iterator[bytes]:
    """Every way in which words may stand in a copy: a part of them is enough to tell."""
    for part in (words, words.split()[0]):
        for encoding in ("utf-8", "utf-16-le"):
            plain = part.encode(encoding)
            yield plain
            yield plain.hex().encode()
            for shift in range(3):  # In base64 the same letters look one of three ways.
                yield base64.b64encode(b"\0" * shift + plain)[4:-4]


def found_in(copy: bytes) -> set[str]:
    lower = copy.lower()
    return {
        what
        for what, words in (SECRETS | {"in clear": IN_CLEAR}).items()
        if any(form in copy or form.lower() in lower for form in forms(words))
    }


def dump(desk: Any, *arguments: str) -> bytes:
    """What ``daybook db backup`` and every other copy is made with."""
    address = urlsplit(desk.clones.url("daybook_owner", desk.database))
    return subprocess.run(
        [engine.binaries() / "pg_dump", "--dbname", desk.database, *arguments],
        env=os.environ
        | {
            "PGHOST": address.hostname or "", "PGPORT": str(address.port),
            "PGUSER": address.username or "", "PGPASSWORD": unquote(address.password or ""),
        },
        capture_output=True, check=True, timeout=200,
    ).stdout  # fmt: skip


@pytest.mark.parametrize("how", [("--inserts",), (), ("--format=custom", "--compress=0")])
def test_a_dump_tells_what_is_in_clear_and_nothing_told_in_confidence(
    told: World, desk: Any, how: tuple[str, ...]
) -> None:
    copy = dump(desk, *how)
    assert found_in(copy) == {"in clear"}


def test_no_key_that_opens_it_is_in_the_dump(told: World, desk: Any) -> None:
    copy = dump(desk, "--inserts")
    names = {name for (name,) in told.owner.execute("select id from vault_datakey")}
    with told.viewing("chaplain"):
        data_keys = [key for key in _data_keys(names).values() if isinstance(key, bytes)]
    assert len(data_keys) == 3
    for key in [*data_keys, *settings.VAULT_KEYS]:
        for form in (key, key.hex().encode(), base64.b64encode(key)):
            assert form not in copy


def test_the_files_of_the_database_tell_no_more(told: World, desk: Any) -> None:
    told.owner.execute("vacuum")
    with psycopg.connect(desk.clones.admin_url, autocommit=True) as server:
        server.execute("checkpoint")
        oid, folder = server.execute(
            "select oid::text, current_setting('data_directory') from pg_database"
            " where datname = %s",
            [desk.database],
        ).fetchone()
    files = Path(folder) / "base" / oid
    if not os.access(files, os.R_OK):
        pytest.skip("The server's files are another user's.")
    assert found_in(b"".join(file.read_bytes() for file in files.iterdir())) == {"in clear"}


def test_what_went_by_the_log_of_statements_is_sealed_too(told: World) -> None:
    """The server never sees the words: not in a parameter, so not in what it logs."""
    seen = told.owner.execute(
        "select string_agg(row::text, ' ') from (select * from audit_entry) row"
    ).fetchone()[0]
    assert found_in(seen.encode()) == set()
