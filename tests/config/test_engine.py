"""What the demonstration, development and tests rely on in the embedded PostgreSQL."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from daybook.config import engine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that nobody else can enter, as a checkout often is."""
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o700)
    yield closed / "database"
    engine.destroy(closed / "database")


def main_process(server: engine.Server) -> psutil.Process:
    return psutil.Process(int((server.home / "data" / "postmaster.pid").read_text().split()[0]))


def ask(server: engine.Server, question: str) -> object:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        answer = connection.execute(question.encode()).fetchone()
    return answer[0] if answer else None


def make_table(server: engine.Server, name: str) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute(f"create table {name} (day int)".encode())


def test_answers_in_a_closed_folder_whoever_starts_it(folder: Path) -> None:
    server = engine.start(folder, durable=False)
    assert engine.healthy(server)
    assert main_process(server).uids().real != 0


def test_starting_twice_gives_one_server(folder: Path) -> None:
    first = engine.start(folder, durable=False)
    assert engine.start(folder, durable=False) == first == engine.running(folder)


def test_listens_to_this_machine_alone_and_asks_for_the_password(folder: Path) -> None:
    server = engine.start(folder, durable=False)
    listening = {each.laddr.ip for each in main_process(server).net_connections("tcp")}
    assert listening == {"127.0.0.1"}
    assert not engine.healthy(engine.Server(server.home, server.port, "a guess"))


def test_text_sorts_by_code_point_and_knows_letters_beyond_ascii(folder: Path) -> None:
    server = engine.start(folder, durable=False)
    assert ask(server, "select 'B' < 'a' and lower('ÉČ') = 'éč' and 'É' ~* 'é'") is True


def test_starts_at_once_after_being_killed_with_all_that_was_saved(tmp_path: Path) -> None:
    folder = tmp_path / "database"
    try:
        server = engine.start(folder)
        make_table(server, "survives")
        for _ in range(2):
            os.kill(main_process(server).pid, signal.SIGKILL)
            server = engine.start(folder)
            assert ask(server, "select to_regclass('survives') is not null") is True
    finally:
        engine.destroy(folder)


def test_starts_when_another_program_has_the_number_of_the_process_that_died(
    folder: Path,
) -> None:
    server = engine.start(folder, durable=False)
    lock = server.home / "data" / "postmaster.pid"
    rest = lock.read_text().split("\n", 1)[1]
    engine.stop(folder)
    lock.write_text(f"{os.getpid()}\n{rest}")
    assert engine.running(folder) is None
    assert engine.healthy(engine.start(folder, durable=False))


def test_stopping_leaves_no_process_and_keeps_what_was_saved(folder: Path) -> None:
    server = engine.start(folder, durable=False)
    make_table(server, "stays")
    process = main_process(server)
    family = [process, *process.children()]
    engine.stop(folder)
    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert engine.running(folder) is None
    server = engine.start(folder, durable=False)
    assert ask(server, "select to_regclass('stays') is not null") is True


def test_a_half_made_folder_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "database"
    server = engine.start(folder, durable=False)
    engine.stop(folder)
    (server.home / "data").rename(server.home / "data.unfinished")
    try:
        assert engine.healthy(engine.start(folder, durable=False))
    finally:
        engine.destroy(folder)


def test_deleting_the_folder_starts_afresh(tmp_path: Path) -> None:
    folder = tmp_path / "database"
    make_table(engine.start(folder, durable=False), "old")
    engine.stop(folder)
    shutil.rmtree(folder)
    try:
        server = engine.start(folder, durable=False)
        assert ask(server, "select to_regclass('old') is null") is True
    finally:
        engine.destroy(folder)


def test_data_of_another_version_are_refused_with_a_way_out(folder: Path) -> None:
    server = engine.start(folder, durable=False)
    engine.stop(folder)
    version = server.home / "data" / "PG_VERSION"
    was = version.read_text()
    version.write_text("14\n")
    try:
        with pytest.raises(engine.EngineError, match=r"made by PostgreSQL 14.*backup"):
            engine.start(folder)
    finally:
        version.write_text(was)
