"""A backup that is read back catches up with what was erased since, before anything is served."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from daybook.foundation.retention import ledger, tasks
from daybook.foundation.retention.actions import erasing
from tests.clones import Clones
from tests.config.test_command import Run, addresses, daybook
from tests.foundation.erasure_world import SECRET, leave, list_now, listed, old_reflection
from tests.world import World

__all__ = ["daybook"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Path:
    settings.ERASURE_LEDGER = str(tmp_path / "elsewhere" / "erasures.jsonl")
    return Path(settings.ERASURE_LEDGER)


def holds_it(address: str) -> bool:
    with psycopg.connect(address) as owner:
        found = owner.execute(
            "select exists (select from reflections_reflection r where r::text like %s)",
            [f"%{SECRET}%"],
        ).fetchone()
    return bool(found and found[0])


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_restore_replays_the_ledger_before_it_serves(
    world: World, daybook: Run, clones: Clones, tmp_path: Path, file: Path, desk: Any
) -> None:
    jonas = world.people["Jonas Petit"]
    entry = old_reflection(world, "Jonas Petit")
    leave(world, "Jonas Petit")
    backup = tmp_path / "daybook.backup"
    given = addresses(clones, desk.database) | {"DAYBOOK_ERASURE_LEDGER": str(file)}
    assert daybook("db", "backup", str(backup), **given).returncode == 0

    list_now()
    with world.viewing("governor") as governor:
        due = listed("reflection", jonas)
        erasing.propose(by=governor, key=due, reason="Its limit has passed.")
    with world.viewing("data-protection-officer") as officer:
        erasing.approve(by=officer, key=due)
    tasks.keep_the_ledger()
    assert [line.keys for line in ledger.read(file)] == [[str(entry)]]
    assert "Kaya" not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    tasks.keep_the_ledger()
    assert len(ledger.read(file)) == 1

    restored = clones.new_without_tables()
    given = addresses(clones, restored) | {"DAYBOOK_ERASURE_LEDGER": str(file)}
    assert daybook("db", "restore", str(backup), **given).returncode == 0
    assert daybook("db", "migrate", **given).returncode == 0
    assert holds_it(given["DAYBOOK_OWNER_URL"])
    for command in ("serve", "worker"):
        told = daybook(command, **given)
        assert told.returncode == 1
        assert "replay-erasures" in told.stderr
    told = daybook("check", **given)
    assert told.returncode == 1
    assert "✗ Nothing that was erased has come back" in told.stdout

    for again in (1, 0):
        told = daybook("db", "replay-erasures", "--by", "administrator", **given)
        assert told.returncode == 0, told.stderr
        assert f"{again} erasures were carried out again" in told.stderr
    assert not holds_it(given["DAYBOOK_OWNER_URL"])
    assert "✓ Nothing that was erased has come back" in daybook("check", **given).stdout
    with psycopg.connect(given["DAYBOOK_OWNER_URL"]) as owner:
        logged = owner.execute(
            "select people from audit_entry where kind = 'erasure' and record = %s", [str(due)]
        ).fetchall()
    assert logged == [([jonas],)]
    clones.drop(restored)


def test_a_line_cut_short_by_a_crash_comes_again(tmp_path: Path) -> None:
    file = tmp_path / "erasures.jsonl"
    lines = [
        ledger.Line(str(n), "reflection", n, [f"key-{n}"], "a", "b", "2026-01-01T10:00:00+00:00")
        for n in range(3)
    ]
    ledger.add(file, lines[:2])
    whole = file.read_bytes()
    for cut in range(len(whole)):
        file.write_bytes(whole[:cut])
        ledger.add(file, lines)
        assert {line.id for line in ledger.read(file)} == {"0", "1", "2"}, cut


def test_nobody_but_daybook_itself_and_data_protection_reads_the_ledger(world: World) -> None:
    for name in ("governor", "wing-officer", "administrator", "oversight"):
        with (
            world.viewing(name),
            connection.cursor() as cursor,
            pytest.raises(Exception, match="asks what is due"),
        ):
            ledger.carried_out(cursor)
