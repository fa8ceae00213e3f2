"""``daybook places``: where people live."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from .as_owner import By, as_owner, by_administrator, say
from .group import group

app = group()

Code = Annotated[str, typer.Argument(help="A short name of your own, as in north or b-wing.")]
Name = Annotated[str, typer.Argument(help="The name, as staff say it.")]


@app.callback()
def places() -> None:
    """Where people live: establishments, units, cells.

    Needs the owner's address in DAYBOOK_OWNER_URL. Short names stand in addresses and in
    files that are imported; they are unique in the whole service.
    """


@app.command()
def add_establishment(code: Code, name: Name, by: By = "") -> None:
    """Add a prison, or an office of the probation service."""
    with by_administrator(by) as actor:
        from daybook.foundation.places.actions import add_establishment as add

        add(by=actor, code=code, name=name)
    say.print(f"{name} is there. Next: 'daybook places add-unit {code} …'.")


@app.command()
def add_unit(
    establishment: Annotated[str, typer.Argument(help="Short name of the establishment.")],
    code: Code,
    name: Name,
    regime: Annotated[str, typer.Option(help="How the unit is run, in words.")] = "",
    staff_needed: Annotated[
        int, typer.Option(min=0, max=500, help="Staff that a usual shift should have.")
    ] = 0,
    by: By = "",
) -> None:
    """Add a wing, or a team's area: the people one team knows."""
    with by_administrator(by) as actor:
        from daybook.foundation.places.actions import add_unit as add
        from daybook.foundation.places.actions import establishment_called

        add(
            by=actor,
            establishment=establishment_called(establishment),
            code=code,
            name=name,
            regime=regime,
            staff_needed=staff_needed,
        )
    say.print(f"{name} is there. Next: 'daybook places add-cells {code} A-01..A-20'.")


@app.command()
def add_cells(
    unit: Annotated[str, typer.Argument(help="Short name of the unit.")],
    names: Annotated[
        list[str], typer.Argument(help="What stands on the doors: A-01 A-02, or A-01..A-20.")
    ],
    by: By = "",
) -> None:
    """Add cells or rooms to a unit. Those that are there already stay as they are."""
    with by_administrator(by) as actor:
        from daybook.foundation.places.actions import add_cells as add
        from daybook.foundation.places.actions import unit_called

        made = add(by=actor, unit=unit_called(unit), names=names)
    say.print(f"{made} new on {unit}.")


@app.command("list")
def list_() -> None:
    """Every establishment and unit, with how many cells each unit has."""
    with as_owner():
        from daybook.foundation.places.queries import all_units

        table = Table("Establishment", "Unit", "Name", "Cells", box=None, pad_edge=False)
        for line in all_units():
            table.add_row(line.establishment, line.unit, line.name, str(line.cells or ""))
    Console(highlight=False).print(table)
