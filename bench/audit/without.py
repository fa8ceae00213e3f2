"""Daybook without its log, for comparison alone: whoever serves this has no service."""

from daybook.config.wsgi import application
from daybook.foundation.audit import actions

actions.entry = lambda *_told: None  # type: ignore[assignment]
actions._add = lambda _entry: None  # type: ignore[assignment]

__all__ = ["application"]
