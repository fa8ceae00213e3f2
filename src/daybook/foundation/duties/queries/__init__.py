"""What is owed and by whom; what waits for somebody to look at."""

from .notices import Told, my_notices, my_wishes, notice_path
from .owed import (
    Colleague,
    Owed,
    action,
    agreed_at,
    due_and_done,
    may_close,
    my_actions,
    open_actions,
    possible_owners,
    recent_outcomes,
    team,
)

__all__ = [
    "Colleague",
    "Owed",
    "Told",
    "action",
    "agreed_at",
    "due_and_done",
    "may_close",
    "my_actions",
    "my_notices",
    "my_wishes",
    "notice_path",
    "open_actions",
    "possible_owners",
    "recent_outcomes",
    "team",
]
