"""Officers who write without a pause, press again unless answered, and know what was answered."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import cycle, islice
from urllib.parse import urlencode
from uuid import UUID

from bench.daily.daybook_side import HiddenFields, Target
from bench.load import Line, Reply
from daybook.foundation.registry.keys import new_key

STEPS = 4
CONCERN_EVERY = 12
"""Every so many entries one concern for safety, too."""
PAUSE = 0.05


@dataclass
class Written:
    """Keys that the service answered for with a redirect: it said that they are saved."""

    reflections: list[UUID] = field(default_factory=list)
    concerns: list[UUID] = field(default_factory=list)
    pressed_again: int = 0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def add(self, to: list[UUID], key: UUID) -> None:
        with self._turn:
            to.append(key)

    def again(self) -> None:
        with self._turn:
            self.pressed_again += 1

    def __len__(self) -> int:
        return len(self.reflections) + len(self.concerns)


class Officer:
    """One browser: it signs in once, and keeps its cookies and its forms whatever happens."""

    def __init__(self, target: Target, user: str, written: Written, stop: threading.Event) -> None:
        self._target, self._written, self._stop = target, written, stop
        self._cookies: dict[str, str] = {}
        self._line = Line(target.address)
        door = self._get(target.sign_in)
        self._post(target.sign_in, door | {"username": user, "password": target.password})
        self._people = [(path, self._get(path)) for path in target.people]

    def work(self) -> None:
        """Write about one after the other until told to stop; the last one is seen through."""
        for count, (path, form) in enumerate(cycle(self._people)):
            if self._stop.is_set():
                return
            key = new_key()
            fields = form | dict(self._target.fields) | {"key": str(key)}
            if self._see_through(path, fields):
                self._written.add(self._written.reflections, key)
            if count % CONCERN_EVERY == 0:
                concern = new_key()
                raise_at = f"/safety{path.replace('reflect', 'concern')}"
                if self._see_through(raise_at, form | {"key": str(concern), "kind": "health"}):
                    self._written.add(self._written.concerns, concern)

    def leave(self) -> None:
        self._line.close()

    def _see_through(self, path: str, fields: dict[str, str]) -> bool:
        """Press until it is answered, as one does; the key makes it the same entry each time."""
        while True:
            try:
                if self._post(path, fields):
                    return True
            except (OSError, HTTPException):
                self._line.close()
                self._line = Line(self._target.address)
            if self._stop.is_set():
                return False
            self._written.again()
            self._stop.wait(PAUSE)

    def _get(self, path: str) -> dict[str, str]:
        reply = self._kept(self._line.get(path, self._headers()))
        if reply.status != 200:
            raise AssertionError(f"GET {path}: {reply.status}")
        return HiddenFields(reply.body).found

    def _post(self, path: str, fields: dict[str, str]) -> bool:
        headers = self._headers() | {"Content-Type": "application/x-www-form-urlencoded"}
        reply = self._kept(self._line.post(path, urlencode(fields).encode(), headers))
        if reply.status in (302, 303):
            if "/sign-in/" in (reply.headers.get("Location") or ""):
                raise AssertionError("A fault signed an officer out.")
            return True
        if reply.status < 500:
            raise AssertionError(f"POST {path}: {reply.status} {reply.body[:300]!r}")
        return False

    def _headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {"Cookie": cookies, "Origin": self._target.address}

    def _kept(self, reply: Reply) -> Reply:
        for cookie in reply.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        self._cookies.pop("messages", None)
        return reply


@contextmanager
def at_work(target: Target, officers: int) -> Iterator[Written]:
    """So many officers write for the length of the block, each in a thread of their own."""
    written, stop = Written(), threading.Event()
    team = [Officer(target, user, written, stop) for user in islice(target.users, officers)]
    failures: list[BaseException] = []

    def work(officer: Officer) -> None:
        try:
            officer.work()
        except BaseException as failure:
            failures.append(failure)
            stop.set()

    threads = [threading.Thread(target=work, args=(officer,)) for officer in team]
    for thread in threads:
        thread.start()
    try:
        yield written
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        for officer in team:
            officer.leave()
    if failures:
        raise failures[0]
