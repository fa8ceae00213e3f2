"""What the log adds to a save: the same form posted to Daybook with it and without, in turns."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from rich.progress import track

from bench.daily import daybook_site
from bench.daily.daybook_side import Officer
from bench.load import Timings, free_address
from daybook.config.commands.serve import web_command

WITH, WITHOUT = "save a reflection", "the same without the log"


def measure(environment: dict[str, str], *, saves: int) -> dict[str, Timings]:
    """Two servers on one database; ten saves here, ten there."""
    with (
        _serving(environment, "daybook.config.wsgi:application") as logged,
        _serving(environment, "bench.audit.without:application") as bare,
    ):
        officers = {
            WITH: Officer(daybook_site.target(logged, wing=1), "officer1"),
            WITHOUT: Officer(daybook_site.target(bare, wing=1), "officer2"),
        }
        spent: dict[str, list[float]] = {name: [] for name in officers}
        for officer in officers.values():
            _saves(officer, 30)
        for _ in track(range(saves // 10), description="Saving in turns"):
            for name, officer in officers.items():
                spent[name] += _saves(officer, 10)
        for officer in officers.values():
            officer.close()
    return {
        name: Timings(tuple(took), 1000 * len(took) / sum(took)) for name, took in spent.items()
    }


def _saves(officer: Officer, times: int) -> list[float]:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        officer.save()
        took.append((time.perf_counter() - began) * 1000)
    return took


@contextmanager
def _serving(environment: dict[str, str], application: str) -> Iterator[str]:
    address = free_address()
    command = web_command(address.removeprefix("http://"), processes=1, threads=2)
    command[command.index("daybook.config.wsgi:application")] = application
    with closing(_Ended(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))):
        daybook_site.wait(address)
        yield address


class _Ended:
    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)
