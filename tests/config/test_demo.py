"""What a stranger relies on in ``daybook demo``."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from daybook.config import engine

pytestmark = pytest.mark.slow
# As a stranger's machine has it: no settings, and an interpreter that keeps what it compiled.
OUTSIDE = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith("DAYBOOK_") and name != "PYTHONDONTWRITEBYTECODE"
}


def in_time(seconds: float) -> float:
    """The limits are meant for a machine that has nothing else to do."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@dataclass
class Running:
    """A demonstration that is open: its process, address, words, and how long it took."""

    process: subprocess.Popen[str]
    address: str
    said: list[str]
    seconds: float

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One folder for all: filling it is what takes long."""
    folder = tmp_path_factory.mktemp("demo")
    yield folder
    engine.destroy(folder / "database")


@contextmanager
def demonstration(folder: Path) -> Iterator[Running]:
    began = time.monotonic()
    process = subprocess.Popen(
        [Path(sys.executable).with_name("daybook"), "demo"],
        env=OUTSIDE | {"DAYBOOK_FOLDER": str(folder), "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"open at (http://\S+?)\. ", line):
                yield Running(process, found[1], said, time.monotonic() - began)
                break
        else:
            pytest.fail(f"The demonstration did not open: {''.join(said)}")
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def test_opens_in_time_and_says_at_once_where(folder: Path) -> None:
    with demonstration(folder) as first:
        assert re.match(r"Daybook will be at http://127\.0\.0\.1:\d+", first.said[0])
        assert first.seconds < in_time(90)
        with urllib.request.urlopen(f"{first.address}/sign-in/") as page:
            assert page.status == 200
        assert any("wing officer" in line.lower() for line in first.said)
        assert any("badge hedge-robin, PIN" in line for line in first.said)


def test_opens_again_within_ten_seconds(folder: Path) -> None:
    with demonstration(folder) as again:
        assert again.seconds < in_time(10)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ends_everything_it_started(folder: Path, number: signal.Signals) -> None:
    with demonstration(folder) as running:
        family = running.family()
        assert len(family) >= 3
        running.process.send_signal(number)
        running.process.wait(30)
        assert psutil.wait_procs(family, timeout=5)[1] == []
        assert engine.running(folder / "database") is None
        assert running.process.returncode == 0


def test_after_being_killed_the_next_one_clears_up(folder: Path) -> None:
    with demonstration(folder) as killed:
        family = killed.family()
        killed.process.kill()
        killed.process.wait(5)
    with demonstration(folder):
        assert psutil.wait_procs(family, timeout=10)[1] == []


def test_a_taken_port_means_another(folder: Path) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        except OSError:
            pass  # somebody else has it, which is what this needs
        with demonstration(folder) as running:
            assert not running.address.endswith(":8000")


def test_two_at_once_in_one_folder_are_refused(folder: Path) -> None:
    with demonstration(folder):
        second = subprocess.run(
            [Path(sys.executable).with_name("daybook"), "demo"],
            env=OUTSIDE | {"DAYBOOK_FOLDER": str(folder)},
            capture_output=True,
            text=True,
            timeout=30,
        )
    assert second.returncode == 1
    assert "running already" in second.stderr


def test_what_it_keeps_is_for_its_user_alone(folder: Path) -> None:
    assert (folder / "secrets.json").stat().st_mode & 0o077 == 0
