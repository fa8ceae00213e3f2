"""A whole service on this machine, durable as in a prison, whose parts can be killed."""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

import psutil
import psycopg

from bench import postgres
from bench.daily import daybook_site
from bench.load import Line, free_address
from daybook.config import engine
from daybook.config.commands.serve import web_command, worker_command

PEOPLE, REFLECTIONS = 60, 600
PATIENCE = 60
"""Seconds in which a part that was killed must be back."""


class Fault(StrEnum):
    """What is killed, with a signal that no process can catch."""

    DATABASE = "the whole database"
    CONNECTION = "one connection of the database"
    WEB_PROCESS = "one web process"
    WEB = "the whole web server"
    WORKER = "the worker"


@dataclass
class Service:
    """Parts that run, how each is started again, and what has been done to them."""

    server: engine.Server
    environment: dict[str, str]
    address: str
    web: "subprocess.Popen[bytes]"
    worker: "subprocess.Popen[bytes]"
    done: list[Fault] = field(default_factory=list)
    started: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    """Servers of the database that were started after a kill."""

    def strike(self, fault: Fault, random: Random) -> None:
        """Kill it, and bring it back as whoever runs the service would."""
        {
            Fault.DATABASE: self._kill_database,
            Fault.CONNECTION: self._kill_connection,
            Fault.WEB_PROCESS: self._kill_web_process,
            Fault.WEB: self._kill_web,
            Fault.WORKER: self._kill_worker,
        }[fault](random)
        self.done.append(fault)
        self.wait_until_open()

    def owner(self) -> psycopg.Connection:
        return psycopg.connect(self.environment["DAYBOOK_OWNER_URL"], autocommit=True)

    def wait_until_open(self) -> None:
        def answers() -> bool:
            with closing(Line(self.address)) as line:
                return line.get("/ready/", {}).status == 200

        _until(answers, "The pages")

    def _kill_database(self, random: Random) -> None:
        main = self._postmaster()
        command = main.cmdline()
        _kill(main, *main.children(recursive=True))
        self._start_database(command)

    def _kill_connection(self, random: Random) -> None:
        """PostgreSQL ends all its other connections then: shared memory might be torn."""
        clients = [p for p in self._postmaster().children() if "daybook_app" in _called(p)]
        if clients:
            _kill(random.choice(clients))

    def _kill_web_process(self, random: Random) -> None:
        if children := psutil.Process(self.web.pid).children():
            _kill(random.choice(children))

    def _kill_web(self, random: Random) -> None:
        main = psutil.Process(self.web.pid)
        _kill(main, *main.children(recursive=True))
        self.web.wait()
        self.web = start_web(self.address, self.environment)

    def _kill_worker(self, random: Random) -> None:
        self.worker.kill()
        self.worker.wait()
        self.worker = start_worker(self.environment)

    def _postmaster(self) -> psutil.Process:
        lines = (self.server.home / "data" / "postmaster.pid").read_text().splitlines()
        return psutil.Process(int(lines[0]))

    def _start_database(self, command: list[str]) -> None:
        """On the port it had, as a service manager does; it recovers by itself."""
        nobody = pwd.getpwnam(engine.UNPRIVILEGED) if os.geteuid() == 0 else None
        log = self.server.home / "log"

        def answers() -> bool:
            with log.open("ab") as words:
                server = subprocess.Popen(
                    command, cwd=self.server.home, stdin=subprocess.DEVNULL, stdout=words,
                    stderr=words,
                    env={"PATH": os.defpath, "LC_ALL": "C"}, start_new_session=True,
                    user=nobody.pw_uid if nobody else None,
                    group=nobody.pw_gid if nobody else None,
                    extra_groups=[] if nobody else None,
                )  # fmt: skip
            self.started.append(server)
            return _within(5, lambda: engine.healthy(self.server))

        _until(answers, "The database")


def start_web(address: str, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    command = web_command(address.removeprefix("http://"), processes=2, threads=4)
    return _start(command, environment)


def start_worker(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return _start(worker_command(concurrency=2), environment)


def _start(command: list[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@contextmanager
def running() -> Iterator[Service]:
    """One wing of sixty with its officers, for the length of the block."""
    with ExitStack() as parts:
        started: list[subprocess.Popen[bytes]] = []
        parts.callback(lambda: [server.wait(20) for server in started])
        server = parts.enter_context(postgres.throw_away())
        environment = daybook_site.fill(server, "daybook", people=PEOPLE, reflections=REFLECTIONS)
        address = free_address()
        service = Service(
            server.running,
            environment,
            address,
            start_web(address, environment),
            start_worker(environment),
            started=started,
        )
        parts.callback(lambda: _end(service.web))
        parts.callback(lambda: _end(service.worker))
        service.wait_until_open()
        yield service


def _kill(*processes: psutil.Process) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    psutil.wait_procs(processes, timeout=5)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _called(process: psutil.Process) -> str:
    with suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline())
    return ""


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        try:
            if holds():
                return True
        except (OSError, psycopg.Error):
            pass
        time.sleep(0.05)
    return False


def _until(holds: Callable[[], bool], what: str) -> None:
    if not _within(PATIENCE, holds):
        raise AssertionError(f"{what} did not come back within {PATIENCE} seconds.")
