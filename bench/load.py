"""Time one step alone, or the same step from several clients at once.

Clients are threads that wait on sockets: they cost the measured server little, and every
HTTP contender is called through the same ``Line``, so that all pay the same client cost.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage, RemoteDisconnected
from urllib.parse import urlsplit

Step = Callable[[], object]


def free_address() -> str:
    """An address on this machine where nothing listens yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: HTTPMessage
    body: bytes


class Line:
    """One keep-alive connection to a web server."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme != "http" or parts.hostname is None:
            raise ValueError(f"Not a plain http address: {address}")
        self._connection = HTTPConnection(parts.hostname, parts.port or 80, timeout=60)

    def get(self, path: str, headers: Mapping[str, str]) -> Reply:
        return self._send("GET", path, None, headers)

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        return self._send("POST", path, body, headers)

    def close(self) -> None:
        self._connection.close()

    def _send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Reply:
        try:
            self._connection.request(method, path, body=body, headers=dict(headers))
            response = self._connection.getresponse()
        except (BrokenPipeError, ConnectionResetError, RemoteDisconnected):
            # A server closes a line that was quiet for a while; any client dials again.
            self._connection.close()
            self._connection.request(method, path, body=body, headers=dict(headers))
            response = self._connection.getresponse()
        return Reply(response.status, response.headers, response.read())


@dataclass(frozen=True)
class Timings:
    """Durations in milliseconds, and how many steps a second they add up to."""

    milliseconds: tuple[float, ...]
    per_second: float

    def percentile(self, share: float) -> float:
        """The duration that ``share`` (0 to 1) of the steps do not exceed."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def p50(self) -> float:
        return self.percentile(0.50)

    @property
    def p95(self) -> float:
        return self.percentile(0.95)


def alone(step: Step, *, seconds: float, warm_up: int = 20) -> Timings:
    """One client, one step after the other, for about ``seconds``."""
    return together([step], seconds=seconds, warm_up=warm_up)


def together(steps: Iterable[Step], *, seconds: float, warm_up: int = 5) -> Timings:
    """Each step is one client's; all run side by side for about ``seconds``.

    The first exception of any client ends the measurement and is raised.
    """
    clients = list(steps)
    start = threading.Barrier(len(clients))

    def client(step: Step) -> tuple[list[float], float, float]:
        try:
            for _ in range(warm_up):
                step()
        except BaseException:
            start.abort()
            raise
        start.wait()
        began = now = time.perf_counter()
        durations = []
        while now - began < seconds:
            step()
            done = time.perf_counter()
            durations.append((done - now) * 1000)
            now = done
        return durations, began, now

    with ThreadPoolExecutor(len(clients)) as threads:
        running = [threads.submit(client, step) for step in clients]
    failed = [f.exception() for f in running if f.exception() is not None]
    for failure in sorted(failed, key=lambda e: isinstance(e, threading.BrokenBarrierError)):
        if failure is not None:
            raise failure
    done = [f.result() for f in running]
    durations = tuple(d for spent, _, _ in done for d in spent)
    span = max(ended for _, _, ended in done) - min(began for _, began, _ in done)
    return Timings(durations, len(durations) / span)
