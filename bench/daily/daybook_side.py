"""Daybook over HTTP: sign in, save reflections as an officer's browser does, read the board."""

import time
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from itertools import cycle
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from bench.daily.tables import Row
from bench.load import Line, Reply, alone, together

NAME = "Daybook"
SAVE = "save a reflection"
BOARD = "wing board (whole page)"


@dataclass(frozen=True)
class Target:
    """A running Daybook and what to do there.

    ``people`` are the paths of the reflection form, one a person, used in turn; ``fields`` is
    what the officer fills in. A value of ``{once}`` becomes a fresh key with each save.
    """

    address: str
    users: tuple[str, ...]
    password: str
    people: tuple[str, ...]
    board: str
    sign_in: str = "/sign-in/"
    fields: Mapping[str, str] = field(default_factory=dict)


class HiddenFields(HTMLParser):
    """Names and values of the hidden inputs of a page, the form token among them."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and given.get("type") == "hidden" and name:
            self.found[name] = given.get("value") or ""


class Officer:
    """One signed-in client with its own session and connection.

    The form is fetched once a person, outside the timing; a save is the POST and its answer,
    which must be a redirect: a page that comes back instead holds the form's errors.
    """

    def __init__(self, target: Target, user: str) -> None:
        self._target = target
        self._line = Line(target.address)
        self._cookies: dict[str, str] = {}
        form = HiddenFields(self._get(target.sign_in)).found
        self._post(target.sign_in, {**form, "username": user, "password": target.password})
        self._forms = cycle([(path, HiddenFields(self._get(path)).found) for path in target.people])

    def save(self) -> None:
        path, hidden = next(self._forms)
        once = str(uuid4())
        filled = {k: v.replace("{once}", once) for k, v in self._target.fields.items()}
        self._post(path, {**hidden, **filled})

    def read_board(self) -> None:
        self._get(self._target.board)

    def time_board(self, times: int) -> list[float]:
        """Milliseconds of so many reads, one after the other."""
        took = []
        for _ in range(times):
            began = time.perf_counter()
            self.read_board()
            took.append((time.perf_counter() - began) * 1000)
        return took

    def close(self) -> None:
        self._line.close()

    def _get(self, path: str) -> bytes:
        reply = self._keep_cookies(self._line.get(path, self._headers()))
        if reply.status != 200:
            raise RuntimeError(f"GET {path}: HTTP {reply.status}")
        return reply.body

    def _post(self, path: str, values: Mapping[str, str]) -> None:
        headers = {**self._headers(), "Content-Type": "application/x-www-form-urlencoded"}
        reply = self._keep_cookies(self._line.post(path, urlencode(values).encode(), headers))
        if reply.status not in (302, 303):
            raise RuntimeError(f"POST {path}: HTTP {reply.status} {reply.body[:300]!r}")

    def _headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {"Cookie": cookies, "Origin": self._target.address}

    def _keep_cookies(self, reply: Reply) -> Reply:
        for line in reply.headers.get_all("Set-Cookie", []):
            self._cookies.update({m.key: m.value for m in SimpleCookie(line).values()})
        # A browser would show the message on the next page, and be done with it.
        self._cookies.pop("messages", None)
        return reply


def measure(target: Target, *, seconds: float, clients: int) -> list[Row]:
    """Times a server that already runs, for about three times ``seconds``."""
    if urlsplit(target.address).hostname not in ("127.0.0.1", "localhost"):
        raise ValueError("Only a server on this machine is ever put under load.")
    users = cycle(target.users)
    with ExitStack() as stack:
        team = [stack.enter_context(closing(Officer(target, next(users)))) for _ in range(clients)]
        one = team[0]
        return [
            Row(
                NAME,
                SAVE,
                alone(one.save, seconds=seconds),
                together([officer.save for officer in team], seconds=seconds),
            ),
            Row(NAME, BOARD, alone(one.read_board, seconds=seconds / 2)),
        ]
