"""The keys of sealed words: who gets one, who makes one, how they are rotated and erased."""

import base64
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, connections, transaction

from daybook.foundation.vault import actions, rotation
from daybook.foundation.vault.boxes import Sealed, mark, new_key
from daybook.foundation.vault.fields import Slot
from daybook.foundation.vault.queries import Unreadable, unseal, unseal_all
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "He asked for his father’s prayer beads. 🙏"


def slot(person: int = 7, row: UUID | None = None, compartment: str = "pastoral") -> Slot:
    return Slot("notes", "words", row or UUID(int=1), person, compartment)


def written(world: World, at: Slot, words: str = WORDS, by: str = "chaplain") -> Sealed:
    with world.viewing(by):
        return actions.seal(words, slot=at)


def read(world: World, sealed: Sealed, at: Slot) -> str | Unreadable:
    with world.viewing("psychologist"):
        return unseal(sealed, slot=at)


def names_of_keys(world: World) -> list[UUID]:
    return [name for (name,) in world.owner.execute("select id from vault_datakey")]


# ---- Sealing and opening ----


def test_each_person_and_compartment_has_one_key_and_words_open_where_they_were_sealed(
    world: World,
) -> None:
    places = [
        slot(), slot(row=UUID(int=2)), slot(person=8), slot(compartment="health"),
    ]  # fmt: skip
    sealed = [written(world, at, f"{WORDS} {n}") for n, at in enumerate(places)]
    with world.viewing("chaplain"):
        assert unseal_all(list(zip(sealed, places, strict=True))) == [
            f"{WORDS} {n}" for n in range(4)
        ]
    whose = world.owner.execute("select whose, compartment from vault_datakey order by 1, 2")
    assert whose.fetchall() == [("7", "health"), ("7", "pastoral"), ("8", "pastoral")]


@pytest.mark.parametrize(
    "elsewhere", [slot(person=8), slot(row=UUID(int=2)), slot(compartment="health")]
)
def test_swapped_words_do_not_open(world: World, elsewhere: Slot) -> None:
    sealed = written(world, slot())
    written(world, elsewhere)
    assert read(world, sealed, elsewhere) is Unreadable.BROKEN


def test_one_that_does_not_open_keeps_nobody_from_the_others(world: World) -> None:
    sealed = written(world, slot())
    broken = Sealed(sealed.box[:-1] + bytes([sealed.box[-1] ^ 1]))
    with world.viewing("chaplain"):
        both = unseal_all([(broken, slot()), (sealed, slot()), (Sealed(b""), slot())])
    assert both == [Unreadable.BROKEN, WORDS, Unreadable.BROKEN]


def test_a_list_asks_once_for_its_keys(world: World, django_assert_num_queries: Any) -> None:
    places = [slot(person=person) for person in range(1, 4)]
    sealed = [written(world, at) for at in places]
    with world.viewing("chaplain"), django_assert_num_queries(1):
        unseal_all(list(zip(sealed, places, strict=True)))


def test_with_another_service_key_nothing_opens(world: World, settings: Any) -> None:
    sealed = written(world, slot())
    settings.VAULT_KEYS = [new_key()]
    assert read(world, sealed, slot()) is Unreadable.BROKEN


def test_of_two_first_writes_at_one_moment_both_open(world: World) -> None:
    at_once = Barrier(4)

    def write(number: int) -> tuple[Sealed, Slot]:
        try:
            at = slot(person=99, row=UUID(int=number))
            with world.viewing("chaplain"):
                at_once.wait(timeout=60)
                return actions.seal(f"{WORDS} {number}", slot=at), at
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        boxes = list(threads.map(write, range(4)))
    with world.viewing("chaplain"):
        assert unseal_all(boxes) == [f"{WORDS} {number}" for number in range(4)]
    assert len(names_of_keys(world)) == 1


# ---- Who gets a key ----


@pytest.mark.parametrize("role", ["none", "daybook_wide", "daybook_author"])
@pytest.mark.parametrize(
    "asked",
    [
        "select * from vault_datakey",
        "insert into vault_datakey (id, whose, compartment, service_key, made_at) "
        "values (gen_random_uuid(), '7', 'pastoral', '', now())",
        "update vault_datakey set whose = '8'",
        "delete from vault_datakey",
        "select daybook.erase_data_keys('7', '{pastoral}')",
    ],
)
def test_no_role_of_the_app_asks_for_the_table_or_erases(
    world: World, role: str, asked: str
) -> None:
    written(world, slot())
    who = "oversight" if role == "daybook_wide" else "chaplain"
    with world.viewing(who), connection.cursor() as cursor:
        cursor.execute(f"set local role {role}")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(asked)


def test_without_a_sign_in_there_is_no_key(world: World) -> None:
    sealed = written(world, slot())
    with transaction.atomic():
        assert unseal(sealed, slot=slot()) is Unreadable.BROKEN
        with pytest.raises(RuntimeError):
            actions.seal(WORDS, slot=slot())
        with pytest.raises(RuntimeError):
            actions.seal(WORDS, slot=slot(person=8))


@pytest.mark.parametrize(
    "change",
    [
        "update vault_datakey set whose = '8'",
        "update vault_datakey set made_at = now()",
        "delete from vault_datakey",
        "truncate vault_datakey",
        "update vault_datakey set id = gen_random_uuid()",
    ],
)
def test_not_even_the_owner_gives_a_key_to_somebody_else(world: World, change: str) -> None:
    written(world, slot())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.owner.execute(change)


# ---- Erasing ----


def test_what_is_erased_is_read_by_nobody_and_a_new_word_gets_a_new_key(
    world: World, as_owner: None
) -> None:
    with transaction.atomic():
        old, other = actions.seal(WORDS, slot=slot()), actions.seal(WORDS, slot=slot(person=8))
    erased = actions.erase_keys(
        by=None, whose=7, compartments=["pastoral", "health"], reason="Its time has come."
    )
    assert erased == 1
    with transaction.atomic():
        new = actions.seal("New.", slot=slot())
        assert unseal(old, slot=slot()) is Unreadable.ERASED
        assert unseal(new, slot=slot()) == "New."
        assert unseal(other, slot=slot(person=8)) == WORDS
    assert world.owner.execute(
        "select kind, people, reason from audit_entry where subject ~ '^keys'"
    ).fetchall() == [("erasure", [7], "Its time has come.")]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.owner.execute("update vault_datakey set erased_at = null, wrapped = 'x'")


def test_an_erasure_waits_for_a_save_and_takes_it_with_it(world: World) -> None:
    at = slot()
    written(world, at)
    world.owner.execute("set statement_timeout = '1s'")
    with world.viewing("chaplain"):
        late = actions.seal("Just before.", slot=at)
        with pytest.raises(psycopg.errors.QueryCanceled):
            world.owner.execute("select daybook.erase_data_keys('7', '{pastoral}')")
    world.owner.execute("select daybook.erase_data_keys('7', '{pastoral}')")
    assert read(world, late, at) is Unreadable.ERASED


# ---- Rotating ----


@pytest.fixture
def as_owner(owner_connection: psycopg.Connection) -> Any:
    """Django at the test's database as its owner, who rotates and erases."""
    known = connections.settings["default"]
    of_the_app = dict(known)
    connections.close_all()
    known.update(USER=owner_connection.info.user, PASSWORD=owner_connection.info.password)
    yield
    connections.close_all()
    known.update(of_the_app)


def test_rotated_keys_open_with_the_new_one_alone_and_old_ones_until_then(
    world: World, settings: Any, as_owner: None
) -> None:
    places = [slot(person=person) for person in range(5)]
    with transaction.atomic():
        boxes = [(actions.seal(WORDS, slot=at), at) for at in places]
    settings.VAULT_KEYS = [new_key(), *settings.VAULT_KEYS]
    assert unseal_all(boxes) == [WORDS] * 5
    # Broken off after two, and run again.
    first = rotation.rewrap_some(by=None, at_once=2)
    assert (first.done, rotation.waiting()) == (2, 3)
    assert unseal_all(boxes) == [WORDS] * 5
    again = rotation.rewrap_some(by=None)
    assert (again.done, again.shut, rotation.waiting()) == (3, 0, 0)
    assert rotation.rewrap_some(by=None).last is None
    settings.VAULT_KEYS = settings.VAULT_KEYS[:1]
    assert unseal_all(boxes) == [WORDS] * 5
    assert rotation.unopened() == 0
    settings.VAULT_KEYS = [new_key()]
    assert rotation.unopened() == 5


def run(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    outside = {name: value for name, value in os.environ.items() if "DAYBOOK" not in name}
    return subprocess.run(
        [Path(sys.executable).with_name("daybook"), "vault", *arguments],
        env=outside | environment | {"COLUMNS": "200", "TERM": "dumb"},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_the_command_makes_a_key_rotates_to_it_and_says_when_one_is_missing(
    world: World, desk: Any, tmp_path: Path
) -> None:
    sealed = written(world, slot())
    former = tmp_path / "former.key"
    former.write_text(base64.b64encode(django_settings.VAULT_KEYS[0]).decode() + "\n")
    service = {
        "DAYBOOK_OWNER_URL": desk.clones.url("daybook_owner", desk.database),
        "DAYBOOK_DATABASE_URL": desk.clones.url("daybook_app", desk.database),
        "DAYBOOK_SECRET_KEY": "K6d0-for-tests-only-long-enough-and-with-chance-Zq81xv92",
        "DAYBOOK_VAULT_KEY": str(former),
    }
    made = run({}, "new-key").stdout.strip()
    assert "Every data key opens." in run(service, "check").stderr

    service["DAYBOOK_VAULT_KEY"] = made
    lost = run(service, "rotate", "--by", "administrator")
    assert (lost.returncode, "1 data keys do not open" in lost.stderr) == (1, True)

    service["DAYBOOK_VAULT_KEYS_OLD"] = str(former)
    told = run(service, "rotate", "--by", "administrator")
    assert "1 data keys were wrapped anew." in told.stderr
    del service["DAYBOOK_VAULT_KEYS_OLD"]
    assert "Every data key opens." in run(service, "check").stderr
    assert world.owner.execute("select service_key from vault_datakey").fetchall() == [
        (mark(base64.b64decode(made)),)
    ]
    assert world.owner.execute(
        "select count(*) from audit_entry where subject = 'data keys wrapped anew: 1'"
    ).fetchone() == (1,)
    # The web process of this test still has the former key alone.
    assert read(world, sealed, slot()) is Unreadable.BROKEN


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("", "DAYBOOK_VAULT_KEY is not set."),
        ("c2hvcnQ=", "is neither a key nor a file that opens"),
        ("/nowhere/at/all.key", "is neither a key nor a file that opens"),
    ],
)
def test_a_service_does_not_start_without_its_key(given: str, why: str) -> None:
    told = run(
        {
            "DAYBOOK_DATABASE_URL": "postgresql://daybook_app@127.0.0.1:1/none",
            "DAYBOOK_OWNER_URL": "postgresql://daybook_owner@127.0.0.1:1/none",
            "DAYBOOK_SECRET_KEY": "K6d0-for-tests-only-long-enough-and-with-chance-Zq81xv92",
            "DAYBOOK_VAULT_KEY": given,
        },
        "check",
    )
    assert (told.returncode, why in told.stderr) == (1, True), told.stderr
    assert "Traceback" not in told.stderr
