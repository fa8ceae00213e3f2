"""What waits in the queue names nobody: job arguments are keys, and tasks take no others."""

import importlib
import inspect
import typing
from datetime import date
from pathlib import Path
from uuid import UUID

from procrastinate.contrib.django import app

SOURCE = Path(__file__).resolve().parents[2] / "src"
KEYS = {int, UUID, date}
A_TIME = "timestamp"


def tasks():
    for file in sorted(SOURCE.rglob("tasks.py")):
        importlib.import_module(".".join(file.relative_to(SOURCE).with_suffix("").parts))
    return {
        name: task
        for name, task in app.tasks.items()
        if task.func.__module__.startswith("daybook.")
    }


def test_every_task_takes_keys_only():
    found = tasks()
    assert len(found) > 6
    wrong = []
    for name, task in found.items():
        hints = typing.get_type_hints(task.func)
        for parameter in inspect.signature(task.func).parameters:
            kind = hints.get(parameter)
            if parameter != A_TIME and kind not in KEYS:
                wrong.append(f"{name}({parameter}: {kind})")
    assert not wrong


def test_locks_of_the_queue_are_fixed_words_or_keys():
    """A lock or a queueing lock stands in the queue as well, and names no one."""
    for name, task in tasks().items():
        for lock in (task.lock, task.queueing_lock):
            assert lock is None or " " not in lock, name
