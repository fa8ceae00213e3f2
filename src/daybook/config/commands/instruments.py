"""``daybook instruments``: check a definition, publish its schema, exchange it as FHIR."""

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from .as_owner import By, as_owner, by_administrator
from .group import group

app = group()
say = Console(stderr=True, highlight=False, markup=False)
out = Console(highlight=False, markup=False, soft_wrap=True)
File = Annotated[Path, typer.Argument(help="A file to read.", exists=True, dir_okay=False)]
Files = Annotated[list[Path], typer.Argument(help="Files to load.", exists=True, dir_okay=False)]


@app.callback()
def instruments() -> None:
    """Instruments are data: a YAML file with domains, items and anchored answers.

    Nothing is added up: a definition that declares a total, a weight or a threshold is refused.
    """


@app.command()
def check(file: File) -> None:
    """Read a definition, and say with its line whatever is wrong. Nothing is loaded."""
    from daybook.understand.instruments.reading import BadDefinition, read

    try:
        found = read(_text(file))
    except BadDefinition as bad:
        _refuse(bad)
    items = list(found.items())
    out.print(f"{found.name}, version {found.version}: {len(found.domains)} domains, "
              f"{len(items)} items.")  # fmt: skip


@app.command()
def load(files: Files, by: By = "") -> None:
    """Load definitions for use. All of them, or none: each is read whole before any is loaded.

    A version stands once. Answers keep the version they were given on; to change a definition,
    raise its version and load it again.
    """
    from daybook.understand.instruments.reading import BadDefinition, read

    found = []
    for file in files:
        try:
            found.append(read(_text(file)))
        except BadDefinition as bad:
            say.print(f"{file.name}:", style="red")
            _refuse(bad)
    with by_administrator(by) as actor:
        from daybook.foundation.registry.cannot import Cannot
        from daybook.understand.instruments.loading import VersionTaken, bring_in

        try:
            done = [bring_in(each, by=actor) for each in found]
        except VersionTaken as taken:
            raise Cannot(str(taken)) from None
    for each, new in zip(found, done, strict=True):
        out.print(f"{each.name}, version {each.version}: {'loaded' if new else 'there already'}.")


@app.command()
def retire(key: Annotated[str, typer.Argument(help="Key of an instrument.")], by: By = "") -> None:
    """Offer an instrument no more. What was answered on it stays, and can be read."""
    with by_administrator(by) as actor:
        from daybook.foundation.registry.cannot import Cannot
        from daybook.understand.instruments.loading import take_out

        if not take_out(key, by=actor):
            raise Cannot(f"No instrument called {key} is offered. 'daybook instruments list' "
                         "names those that are.")  # fmt: skip
    out.print(f"{key} is offered no more.")


@app.command("list")
def list_() -> None:
    """Name the instruments that are offered, each in its newest version."""
    with as_owner():
        from daybook.understand.instruments.queries import offered

        for each in offered():
            out.print(f"{each.instrument.key}  {each.instrument.version}  {each.instrument.name}")


@app.command()
def schema() -> None:
    """Print the JSON Schema that definitions are held to."""
    from daybook.understand.instruments.definition import json_schema

    out.print(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@app.command("to-fhir")
def to_fhir(file: File) -> None:
    """Print a definition as a FHIR R5 Questionnaire."""
    from daybook.understand.instruments import fhir
    from daybook.understand.instruments.reading import BadDefinition, read

    try:
        found = read(_text(file))
    except BadDefinition as bad:
        _refuse(bad)
    out.print(json.dumps(fhir.to_fhir(found), indent=2, ensure_ascii=False))


@app.command("from-fhir")
def from_fhir(file: File) -> None:
    """Print a FHIR R5 Questionnaire as a definition. One that adds answers up is refused."""
    import yaml

    from daybook.understand.instruments import fhir
    from daybook.understand.instruments.reading import BadDefinition

    try:
        plain = json.loads(_text(file))
    except json.JSONDecodeError as unread:
        say.print(f"Line {unread.lineno}: this is no JSON: {unread.msg}.", style="red")
        raise typer.Exit(1) from None
    try:
        found = fhir.from_fhir(plain if isinstance(plain, dict) else {})
    except BadDefinition as bad:
        _refuse(bad)
    said = found.model_dump(mode="json", exclude_defaults=True)
    out.print(yaml.safe_dump(said, allow_unicode=True, sort_keys=False))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        say.print("The file is not UTF-8. Save it as UTF-8 and try again.", style="red")
        raise typer.Exit(1) from None


def _refuse(bad: Exception) -> NoReturn:
    say.print(str(bad), style="red")
    say.print("Nothing was loaded. 'daybook instruments schema' prints what a definition holds.")
    raise typer.Exit(1)
