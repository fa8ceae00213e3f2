"""How every group of commands tells what it is for, in lines as wide as the window."""

from typing import Any

import typer


def group(**more: Any) -> typer.Typer:
    """A group of commands whose help reads alike.

    Markdown joins the lines of a docstring into paragraphs, which the window then wraps.
    """
    return typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="markdown",
        context_settings={"help_option_names": ["-h", "--help"]},
        **more,
    )
