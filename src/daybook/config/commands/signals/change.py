"""`daybook signals change`: has something lasting changed for a person?"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from daybook.signals import Answer, BadColumn, BadRating, NoRatings, Parameters, Ratings, State
from daybook.signals import change as find_change
from daybook.signals.errors import SignalsError

MISSING = {"", "NA"}
BIG_FILE_BYTES = 5_000_000


def change(
    file: Annotated[
        Path,
        typer.Argument(help="CSV file with a header line.", exists=True, dir_okay=False),
    ],
    value: Annotated[str, typer.Option(help="Column of the rating, a number.")],
    time: Annotated[str, typer.Option(help="Column of the date.")],
    date_format: Annotated[
        str, typer.Option(help="How dates are written, in the letters of strftime.")
    ] = "%Y-%m-%d",
    person: Annotated[str | None, typer.Option(help="Column that tells people apart.")] = None,
    rater: Annotated[str | None, typer.Option(help="Column of who rated.")] = None,
    unit: Annotated[str | None, typer.Option(help="Column of the wing or unit.")] = None,
    autocorrelation: Annotated[
        float | None,
        typer.Option(help="From one rated day to the next; left out, the first 30 days tell."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Has something lasting changed for a person, once rater and unit are taken out?

    Several moments of one day count as their mean; empty cells and NA are skipped. Days are
    counted from the first date in the file, which is day 1. The state is about the whole file.
    """
    columns = _Columns(value, time, date_format, person, rater, unit)
    note = Console(stderr=True)
    try:
        parameters = Parameters(talk_days=None, autocorrelation=autocorrelation)
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
            console=note, transient=True, disable=file.stat().st_size < BIG_FILE_BYTES,
        ) as progress:  # fmt: skip
            task = progress.add_task("Reading")
            read = _read(file, columns)
            progress.update(task, description=f"Charting {len(read.value):,} ratings")
            found = find_change(read.ratings(columns), parameters)
    except SignalsError as error:
        note.print(f"{file.name}: {error}", style="red", markup=False, highlight=False)
        raise typer.Exit(2) from None

    answers = {str(read.people[code]): answer for code, answer in found.answers.items()}
    if as_json:
        told = {name: _told(answer, read.first) for name, answer in answers.items()}
        typer.echo(json.dumps(told if person else next(iter(told.values())), indent=2))
    else:
        Console().print(_table(answers, read.first, with_person=person is not None))


@dataclass(frozen=True)
class _Columns:
    value: str
    time: str
    date_format: str
    person: str | None
    rater: str | None
    unit: str | None

    @property
    def named(self) -> set[str]:
        return {c for c in (self.value, self.time, self.person, self.rater, self.unit) if c}


@dataclass
class _Read:
    """The columns of a file, names as codes in the order in which they first came."""

    first: date = date.max
    value: list[float] = field(default_factory=list)
    day: list[int] = field(default_factory=list)
    person: list[int] = field(default_factory=list)
    rater: list[int] = field(default_factory=list)
    unit: list[int] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    def ratings(self, columns: _Columns) -> Ratings:
        before = self.first.toordinal() - 1
        return Ratings(
            value=self.value,
            day=[day - before for day in self.day],
            person=self.person,
            rater=self.rater if columns.rater else None,
            unit=self.unit if columns.unit else None,
        )


def _read(file: Path, columns: _Columns) -> _Read:
    read = _Read()
    people: dict[str, int] = {}
    raters: dict[str, int] = {}
    units: dict[str, int] = {}
    seen: dict[tuple[str, ...], int] = {}
    for line, row, header in _rows(file, columns.named):
        cells = tuple(row.values())
        # Two alike lines are one moment entered twice wherever a line could have differed.
        if (columns.rater or columns.named != set(header)) and cells in seen:
            raise BadRating(line, f"the same as line {seen[cells]}, word for word.", where="line")
        seen[cells] = line
        if row[columns.value] in MISSING:
            continue
        on = _date(line, row[columns.time], columns)
        read.first = min(read.first, on)
        read.value.append(_number(line, row[columns.value], columns.value))
        read.day.append(on.toordinal())
        read.person.append(_code(line, row, columns.person, people))
        read.rater.append(_code(line, row, columns.rater, raters))
        read.unit.append(_code(line, row, columns.unit, units))
    if not read.value:
        raise NoRatings
    read.people = list(people)
    return read


def _rows(file: Path, named: set[str]) -> Iterator[tuple[int, dict[str, str], list[str]]]:
    """Line number, cells by column, and the header."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            header = next(reader, [])
            for column in sorted(named - set(header)):
                raise BadColumn(f"no column {column!r}; there are: {', '.join(header) or 'none'}.")
            for cells in reader:
                if not cells:
                    continue
                if len(cells) != len(header):
                    reason = f"{len(cells)} cells where the header has {len(header)}."
                    raise BadRating(reader.line_num, reason, where="line")
                row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
                yield reader.line_num, row, header
    except UnicodeDecodeError:
        raise BadColumn("the file is not text in UTF-8.") from None
    except csv.Error as error:
        raise BadRating(reader.line_num, f"not CSV: {error}.", where="line") from None


def _date(line: int, cell: str, columns: _Columns) -> date:
    try:
        return datetime.strptime(cell, columns.date_format).date()  # noqa: DTZ007
    except ValueError:
        reason = f"{columns.time} is {cell!r}, which is not a date like {columns.date_format}."
        raise BadRating(line, reason, where="line") from None


def _number(line: int, cell: str, column: str) -> float:
    try:
        number = float(cell)
    except ValueError:
        reason = f"{column} is {cell!r}, which is not a number."
        raise BadRating(line, reason, where="line") from None
    if number in (float("inf"), float("-inf")) or number != number:
        reason = f"{column} is {cell!r}, which is not a number to chart."
        raise BadRating(line, reason, where="line")
    return number


def _code(line: int, row: dict[str, str], column: str | None, codes: dict[str, int]) -> int:
    name = row[column] if column else ""
    if column and name in MISSING:
        raise BadRating(line, f"{column} is empty.", where="line")
    return codes.setdefault(name, len(codes))


def _on(day: int, first: date) -> str:
    return (first + timedelta(days=day - 1)).isoformat()


def _told(answer: Answer, first: date) -> dict[str, object]:
    return {
        "state": answer.state.value,
        "because": answer.because and answer.because.value,
        "alarms": [
            {
                "index": alarm.day,
                "date": _on(alarm.day, first),
                "direction": alarm.direction,
                "size": round(alarm.size, 4),
                "onset": alarm.onset,
                "onset_date": _on(alarm.onset, first),
            }
            for alarm in answer.alarms
        ],
        "parameters": {
            **answer.method.as_dict(),
            "limit": answer.limit,
            "first_date": first.isoformat(),
        },
    }


def _table(answers: dict[str, Answer], first: date, *, with_person: bool) -> Table:
    table = Table(title="Different from the usual?")
    if with_person:
        table.add_column("Person")
    for heading in ("State", "Since", "Came to light", "Moved by", "Of 100 by chance"):
        table.add_column(heading)
    for name, answer in answers.items():
        who = [name] if with_person else []
        state = str(answer.state)
        if answer.because:
            state = f"{state}: {answer.because}"
        chance = f"{answer.chance.people:.0f}" if answer.chance else "–"
        if answer.state is not State.WORTH_TALKING:
            table.add_row(*who, state, "–", "–", "–", chance)
            continue
        for position, alarm in enumerate(answer.alarms):
            table.add_row(
                *(who if position == 0 else [""] * len(who)),
                state if position == 0 else "",
                _on(alarm.onset, first),
                _on(alarm.day, first),
                f"{alarm.size:+.2f} points",
                chance if position == 0 else "",
            )
    return table
