"""What the running service tells its keepers: one JSON line an event, and nothing of anyone.

The log in the database says who did what; these lines say whether the machine is well. So
they name a kind of page and never its address, and lose the part of a database's complaint
that quotes the row.
"""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

Line = MutableMapping[str, Any]

# PostgreSQL quotes the failing row, notes and all, in these parts of an error.
QUOTED_BY_THE_DATABASE = re.compile(
    r"^(DETAIL|CONTEXT|HINT|LINE \d+):.*(\n(?!\w+(Error|Exception)|Traceback|  File).*)*",
    re.MULTILINE,
)


def without_content(_: object, __: str, line: Line) -> Line:
    """Leave out what could tell of a person: addresses with keys in them, quoted rows."""
    request = line.pop("request", None)
    record = line.get("_record")
    if request is None and record is not None:
        request = getattr(record, "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        line["event"] = line["event"].split(":")[0]
        line["page"] = match.view_name if match else "unknown"
    if "exception" in line:
        line["exception"] = QUOTED_BY_THE_DATABASE.sub(r"\1: left out", line["exception"])
    return line


def logging(*, readable: bool) -> dict[str, Any]:
    """The ``LOGGING`` setting: JSON for machines, or lines for a person at a terminal."""
    shared = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = (
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
        if readable
        else structlog.processors.JSONRenderer()
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.processors.format_exc_info,
                    without_content,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    last,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "daybook": {"level": "INFO"},
            # A refused page is in the database's log, with who asked; here it would say where.
            "django.request": {"level": "ERROR"},
        },
    }
