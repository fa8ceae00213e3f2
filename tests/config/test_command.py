"""The ``daybook`` command as an administrator types it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.clones import Clones

Run = Callable[..., "subprocess.CompletedProcess[str]"]
COMMAND = Path(sys.executable).with_name("daybook")
OUTSIDE = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("DAYBOOK_", "DJANGO_")) or name == "DAYBOOK_PG_BIN"
}


@pytest.fixture
def daybook(tmp_path: Path) -> Run:
    """Runs the command with nothing in its environment but what the test gives."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        given = {"DAYBOOK_FOLDER": str(tmp_path / "here"), "COLUMNS": "200", "TERM": "dumb"}
        return subprocess.run(
            [COMMAND, *arguments],
            env=OUTSIDE | given | environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.fixture
def database(clones: Clones) -> Iterator[str]:
    name = clones.new()
    yield name
    clones.drop(name)


def addresses(clones: Clones, database: str) -> dict[str, str]:
    return {
        "DAYBOOK_OWNER_URL": clones.url("daybook_owner", database),
        "DAYBOOK_DATABASE_URL": clones.url("daybook_app", database),
        "DAYBOOK_SECRET_KEY": "K6d0-for-tests-only-long-enough-and-with-chance-Zq81xv92",
        "DAYBOOK_VAULT_KEY": "dGhpcnR5LXR3byBieXRlcywgZm9yIHRlc3RzIG9ubHk=",
        "DAYBOOK_HOSTS": "daybook.example",
        "DAYBOOK_ERASURE_LEDGER": "var/nothing-was-erased.jsonl",
    }


def test_help_names_every_group_and_says_what_it_is_for(daybook: Run) -> None:
    told = daybook("--help").stdout
    for name in ("demo", "serve", "worker", "db", "import", "signals", "check"):
        assert f" {name} " in told
    assert "daybook demo" in told


@pytest.mark.parametrize("group", ["demo", "serve", "worker", "check", "db", "import", "signals"])
def test_every_group_explains_itself(daybook: Run, group: str) -> None:
    told = daybook(group, "--help")
    assert told.returncode == 0
    assert f"daybook {group}" in told.stdout


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("serve", "if it runs. Several of these"),
        ("channels", "as they are given here, in the language"),
        ("import", "Each row that can't come in is written to a file"),
        ("db", "which the demonstration uses. The others"),
    ],
)
def test_help_breaks_its_lines_where_the_window_ends(daybook: Run, group: str, words: str) -> None:
    assert words in daybook(group, "--help", COLUMNS="300").stdout
    lines = daybook(group, "--help", COLUMNS="80").stdout.splitlines()
    assert max(map(len, lines)) <= 80


def test_help_tells_that_what_is_ahead_can_be_brought_in(daybook: Run) -> None:
    assert "people, stays, what is ahead and ratings" in daybook("--help").stdout


def test_a_missing_setting_is_told_with_a_hint_and_no_traceback(daybook: Run) -> None:
    told = daybook("check")
    assert told.returncode == 1
    assert "DAYBOOK_DATABASE_URL is not set." in told.stderr
    assert "daybook demo" in told.stderr
    assert "Traceback" not in told.stderr


def test_debug_shows_where_it_happened(daybook: Run) -> None:
    assert "Traceback" in daybook("--debug", "check").stderr


def test_status_of_a_database_that_does_not_run(daybook: Run) -> None:
    told = daybook("db", "status")
    assert told.returncode == 1
    assert "does not run" in told.stderr


def approve_roles(clones: Clones, database: str) -> None:
    with psycopg.connect(clones.url("daybook_owner", database)) as owner:
        owner.execute(
            "insert into access_approval (id, proposal_id, approved_by_id, approved_at, reason)"
            " select gen_random_uuid(), (select max(id) from access_proposal), s.id, now(), 'Read.'"
            " from staff_staff s limit 1"
        )


def test_check_finds_a_sound_service_sound(daybook: Run, clones: Clones, database: str) -> None:
    approve_roles(clones, database)
    told = daybook("check", **addresses(clones, database))
    assert told.returncode == 0, told.stdout + told.stderr
    assert "All is as it should be." in told.stdout


def test_check_says_that_nobody_has_approved_who_may_reach_what(
    daybook: Run, clones: Clones, database: str
) -> None:
    told = daybook("check", **addresses(clones, database))
    assert told.returncode == 1
    assert "✗ The data-protection officer has approved who may reach what." in told.stdout


def test_check_refuses_an_app_that_signs_in_as_the_owner(
    daybook: Run, clones: Clones, database: str
) -> None:
    wrong = addresses(clones, database)
    wrong["DAYBOOK_DATABASE_URL"] = wrong["DAYBOOK_OWNER_URL"]
    told = daybook("check", **wrong)
    assert told.returncode == 1
    assert "✗ The app's role owns no tables" in told.stdout


def test_check_counts_waiting_migrations(daybook: Run, clones: Clones) -> None:
    name = clones.new_without_tables()
    told = daybook("check", **addresses(clones, name))
    clones.drop(name)
    assert told.returncode == 1
    assert "✗ The tables are those of this version." in told.stdout


def test_a_backup_restores_everything_into_an_empty_database(
    daybook: Run, clones: Clones, database: str, tmp_path: Path
) -> None:
    file = tmp_path / "daybook.backup"
    approve_roles(clones, database)
    with psycopg.connect(clones.url("daybook_owner", database)) as owner:
        owner.execute(
            "insert into procrastinate_jobs (queue_name, task_name) values ('q', 'Zoë’s words')"
        )
    assert daybook("db", "backup", str(file), **addresses(clones, database)).returncode == 0
    assert file.stat().st_mode & 0o077 == 0

    empty = clones.new_without_tables()
    told = daybook("db", "restore", str(file), **addresses(clones, empty))
    assert told.returncode == 0, told.stderr
    with psycopg.connect(clones.url("daybook_app", empty)) as app:
        words = app.execute("select task_name from procrastinate_jobs").fetchone()
    assert words == ("Zoë’s words",)
    assert daybook("check", **addresses(clones, empty)).returncode == 0
    clones.drop(empty)


def test_restore_refuses_a_database_that_holds_something(
    daybook: Run, clones: Clones, database: str, tmp_path: Path
) -> None:
    file = tmp_path / "daybook.backup"
    file.write_bytes(b"whatever")
    told = daybook("db", "restore", str(file), **addresses(clones, database))
    assert told.returncode == 1
    assert "must be empty" in told.stderr


def test_backup_never_overwrites(
    daybook: Run, clones: Clones, database: str, tmp_path: Path
) -> None:
    file = tmp_path / "daybook.backup"
    file.write_text("the only copy")
    told = daybook("db", "backup", str(file), **addresses(clones, database))
    assert told.returncode == 1
    assert file.read_text() == "the only copy"


def test_backup_leaves_nothing_behind_when_it_fails(
    daybook: Run, clones: Clones, tmp_path: Path
) -> None:
    file = tmp_path / "daybook.backup"
    told = daybook("db", "backup", str(file), **addresses(clones, "no_such_database"))
    assert told.returncode == 1
    assert list(tmp_path.glob("daybook.backup*")) == []


def test_prepare_makes_what_the_addresses_name(daybook: Run, clones: Clones) -> None:
    named = addresses(clones, "prepared_by_command")
    told = daybook("db", "prepare", **named, DAYBOOK_ADMIN_URL=clones.admin_url)
    try:
        assert told.returncode == 0, told.stderr
        psycopg.connect(named["DAYBOOK_DATABASE_URL"]).close()
    finally:
        clones.drop("prepared_by_command")


def test_migrations_that_fail_are_told_in_one_sentence(daybook: Run, clones: Clones) -> None:
    told = daybook("db", "migrate", **addresses(clones, "no_such_database"))
    assert told.returncode == 1
    assert "The tables could not be migrated." in told.stderr
    assert "Traceback" not in told.stderr
