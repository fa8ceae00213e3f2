"""``daybook channels``: what a reflection asks."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from .as_owner import By, as_owner, by_administrator, say
from .group import group

app = group()

Key = Annotated[str, typer.Argument(help="Short name, as in sleep; it stands in imports.")]
NEW_NAME = typer.Option(help="What it is called from now on.")
NEW_LOW = typer.Option(help="The word at step 1 from now on.")
NEW_HIGH = typer.Option(help="The word at step 5 from now on.")


@app.callback()
def channels() -> None:
    """What a reflection asks: a few channels of five steps, each between two words.

    Needs the owner's address in DAYBOOK_OWNER_URL. Names are shown as they are given here,
    in the language of the service.
    """


@app.command()
def add(
    key: Key,
    name: Annotated[str, typer.Argument(help="What it is called on the form.")],
    low: Annotated[str, typer.Argument(help="The word at step 1.")],
    high: Annotated[str, typer.Argument(help="The word at step 5.")],
    by: By = "",
) -> None:
    """Ask one thing more, last on the form."""
    with by_administrator(by) as actor:
        from daybook.observe.reflections.actions.channels import add_channel

        add_channel(by=actor, key=key, name=name, low=low, high=high)
    say.print(f"{name} is asked from now on.", markup=False)


@app.command()
def rename(
    key: Key,
    name: Annotated[str, NEW_NAME] = "",
    low: Annotated[str, NEW_LOW] = "",
    high: Annotated[str, NEW_HIGH] = "",
    by: By = "",
) -> None:
    """Say it in other words. Where it comes to mean something else, add a new one instead."""
    with by_administrator(by) as actor:
        from daybook.observe.reflections.actions.channels import channel_called, rename_channel

        rename_channel(by=actor, channel=channel_called(key), name=name, low=low, high=high)
    say.print("Said so from now on. Earlier entries keep the words they were asked with.")


@app.command()
def retire(key: Key, by: By = "") -> None:
    """Ask it no longer. Entries and charts of it stay."""
    with by_administrator(by) as actor:
        from daybook.observe.reflections.actions.channels import channel_called, retire_channel

        retire_channel(by=actor, channel=channel_called(key))
    say.print(f"{key} is no longer asked. 'daybook channels restore {key}' asks it again.")


@app.command()
def restore(key: Key, by: By = "") -> None:
    """Ask it again."""
    with by_administrator(by) as actor:
        from daybook.observe.reflections.actions.channels import channel_called, restore_channel

        restore_channel(by=actor, channel=channel_called(key))
    say.print(f"{key} is asked again.")


@app.command("list")
def list_() -> None:
    """Every channel, in the order of the form; those no longer asked last."""
    with as_owner():
        from daybook.observe.reflections.queries.channels import every_channel

        table = Table("Channel", "Name", "Step 1", "Step 5", "Asked", box=None, pad_edge=False)
        for each in every_channel():
            until = f"until {each.retired_at:%Y-%m-%d}" if each.retired_at else "yes"
            table.add_row(each.key, each.name, each.low, each.high, until)
    Console(highlight=False, markup=False).print(table)
