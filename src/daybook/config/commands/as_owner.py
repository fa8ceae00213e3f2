"""How a command works on the service as its owner, by a named administrator, all or nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from daybook.foundation.audit.actions import Actor

say = Console(stderr=True, highlight=False)

By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="STAFF-NUMBER",
        help="The administrator who does this; the log keeps it. "
        "May be left out until there is one.",
    ),
]


@contextmanager
def as_owner() -> Iterator[None]:
    """With the owner's rights; what can't be done is told in one sentence, and ends with 1."""
    os.environ["DAYBOOK_AS"] = "owner"
    import django

    django.setup()
    from daybook.foundation.registry.cannot import Cannot

    try:
        yield
    except Cannot as refusal:
        say.print(str(refusal), style="red", markup=False)
        raise typer.Exit(1) from None


@contextmanager
def by_administrator(by: str) -> Iterator["Actor | None"]:
    """The same, in one transaction, logged under the administrator named with --by."""
    with as_owner():
        from daybook.foundation.access.actions import administrating

        with administrating(by) as actor:
            yield actor
