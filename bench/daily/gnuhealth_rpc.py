"""GNU Health over its JSON-RPC, as its own clients speak it."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

from bench.load import Line

Record = dict[str, Any]


class RpcError(RuntimeError):
    """The server refused a call; the text is its own."""


def moment(at: datetime) -> Record:
    """A date and time as Tryton's JSON carries it."""
    return {
        "__class__": "datetime",
        **{part: getattr(at, part) for part in ("year", "month", "day", "hour", "minute")},
        "second": at.second,
        "microsecond": 0,
    }


def now() -> Record:
    return moment(datetime.now(UTC))


class Session:
    """One signed-in client with its own session and connection."""

    def __init__(self, address: str, database: str, user: str, password: str) -> None:
        self._line = Line(address)
        self._path = f"/{database}/"
        self._headers = {"Content-Type": "application/json"}
        self.context: Record = {}
        self.user, key = self._send("common.db.login", user, {"password": password})[:2]
        token = base64.b64encode(f"{user}:{self.user}:{key}".encode()).decode()
        self._headers["Authorization"] = f"Session {token}"
        self.refresh_context()

    def refresh_context(self) -> None:
        """Company and language, which the server expects back with every call."""
        self.context = self._send("model.res.user.get_preferences", True, {})

    def call(self, model: str, method: str, *arguments: Any) -> Any:
        """The result of ``model.method(*arguments)``. Raises RpcError."""
        return self._send(f"model.{model}.{method}", *arguments, self.context)

    def create(self, model: str, *records: Record) -> list[int]:
        ids: list[int] = self.call(model, "create", list(records))
        return ids

    def close(self) -> None:
        self._line.close()

    def _send(self, method: str, *parameters: Any) -> Any:
        body = json.dumps({"id": 1, "method": method, "params": parameters}).encode()
        reply = self._line.post(self._path, body, self._headers)
        if reply.status != 200:
            raise RpcError(f"{method}: HTTP {reply.status} {reply.body[:200]!r}")
        answer = json.loads(reply.body)
        if "error" in answer:
            raise RpcError(f"{method}: {answer['error']}")
        return answer["result"]
