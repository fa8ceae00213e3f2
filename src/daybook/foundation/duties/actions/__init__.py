"""Taking something on and closing it; letting somebody know, and what they wish to know."""

from .notices import answered, mark_all_seen, mark_seen, notify, wish
from .owed import close_action, raise_action

__all__ = [
    "answered",
    "close_action",
    "mark_all_seen",
    "mark_seen",
    "notify",
    "raise_action",
    "wish",
]
