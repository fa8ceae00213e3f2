"""``daybook import``: people, stays, what is ahead, ratings and equality, out of other files.

Ends with 0 when every row came in or was there already, with 3 when some were refused, and
with 2, having done nothing, when the import could not begin.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from .group import group

if TYPE_CHECKING:
    from daybook.foundation.audit.actions import Actor
    from daybook.foundation.registry.refusals import Rejects, Tally
    from daybook.foundation.registry.sheets import Sheet

SOME_REFUSED = 3
REASONS_SHOWN = 20

app = group()
say = Console(stderr=True, highlight=False)

File = Annotated[
    Path, typer.Argument(help="CSV or XLSX, with a header.", exists=True, dir_okay=False)
]
By = Annotated[str, typer.Option(help="Your staff number: the log says who brought it in.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")]
RejectsFile = Annotated[
    Path | None,
    typer.Option(
        "--rejects",
        dir_okay=False,
        help="Where refused rows go; FILE.rejects.csv where nothing is named. "
        "A dry run writes them only where a file is named.",
    ),
]


@app.callback()
def imports() -> None:
    """Bring in people, stays, what is ahead, ratings and equality from other systems.

    Good rows come in once, however often the same file is brought. Each row
    that can't come in is written to a file of rejects with its number, the
    column and the reason: mend it there and bring that file in.
    docs/import.md tells how files and maps are written.
    """


@app.command()
def ratings(
    file: File,
    map: Annotated[
        Path, typer.Option(help="YAML: which column says what.", exists=True, dir_okay=False)
    ],
    by: By,
    dry_run: DryRun = False,
    rejects: RejectsFile = None,
    charts: Annotated[bool, typer.Option(help="Draw the charts afterwards.")] = True,
) -> None:
    """Bring in ratings, by a map of columns to channels."""
    _become_owner()
    from daybook.foundation.registry.maps import read_map
    from daybook.observe.reflections.actions.imports import RatingsImport
    from daybook.observe.reflections.queries.channels import channels
    from daybook.observe.reflections.rules.imports import ratings_map

    with _plain_refusals(), _desk(by, dry_run) as actor:
        by_map = ratings_map(read_map(map), channels={channel.key for channel in channels()})
        coming = RatingsImport(actor, by_map, reason=_reason(file))
        with _reading(file, rejects, dry_run) as (sheet, refusals, heard):
            sheet.need(by_map.columns)
            coming.bring_in(sheet.rows, refusals, heard)
        if charts and not dry_run:
            _draw_charts(coming.establishments)
        _tell(coming.tally, refusals, dry_run)
        if coming.unplaced:
            say.print(
                f"Charts leave {coming.unplaced:,} of them out: nobody knows where the person "
                "lived that day. Bring stays in before ratings."
            )
    _end(coming.tally)


ColumnMap = Annotated[
    Path | None,
    typer.Option(
        "--map",
        exists=True,
        dir_okay=False,
        help="YAML: which column says what, where columns are not called as here.",
    ),
]


@app.command()
def people(
    file: File,
    by: By,
    map: ColumnMap = None,
    dry_run: DryRun = False,
    rejects: RejectsFile = None,
) -> None:
    """Bring in people, known again by the number of their system.

    Columns: system, number, given_name, family_name; and, where there are,
    known_as, pronoun, languages, status, status_since, other_numbers,
    sentence_began, hearing, earliest_release, release, supervision_ends.
    An empty cell leaves what is known as it is.
    """
    _become_owner()
    from daybook.foundation.people.imports.columns import columns_of
    from daybook.foundation.people.imports.people import PeopleImport
    from daybook.foundation.people.imports.rules import PERSON_FIELDS, PERSON_NEEDS

    with (
        _plain_refusals(),
        _desk(by, dry_run) as actor,
        _reading(file, rejects, dry_run) as (sheet, refusals, heard),
    ):
        columns = columns_of(sheet.columns, _keys(map), fields=PERSON_FIELDS, needed=PERSON_NEEDS)
        tally = PeopleImport(actor, columns, _reason(file)).bring_in(sheet.rows, refusals, heard)
    _tell(tally, refusals, dry_run)
    _end(tally)


@app.command()
def stays(
    file: File,
    by: By,
    map: ColumnMap = None,
    create_cells: Annotated[
        bool, typer.Option("--create-cells", help="Add cells that units don't have yet.")
    ] = False,
    dry_run: DryRun = False,
    rejects: RejectsFile = None,
) -> None:
    """Bring in stays, known again by their id in the system they come from.

    Columns: system, number (of the person), stay (its id there), unit,
    began_at; and, where there are, cell, ended_at, reason.
    A new stay ends the one before it, where that is open.
    """
    _become_owner()
    from daybook.foundation.people.imports.columns import columns_of
    from daybook.foundation.people.imports.rules import STAY_FIELDS, STAY_NEEDS
    from daybook.foundation.people.imports.stays import StaysImport

    with (
        _plain_refusals(),
        _desk(by, dry_run) as actor,
        _reading(file, rejects, dry_run) as (sheet, refusals, heard),
    ):
        columns = columns_of(sheet.columns, _keys(map), fields=STAY_FIELDS, needed=STAY_NEEDS)
        coming = StaysImport(actor, columns, _reason(file), create_cells=create_cells)
        tally = coming.bring_in(sheet.rows, refusals, heard)
    _tell(tally, refusals, dry_run)
    _end(tally)


@app.command()
def coming(
    file: File,
    by: By,
    map: ColumnMap = None,
    dry_run: DryRun = False,
    rejects: RejectsFile = None,
) -> None:
    """Bring in what is ahead of people, known again by its id in the other system.

    Columns: system, number (of the person), event (its id there), kind, at;
    and, where there are, words, called_off (yes or no).
    An empty cell leaves what is known as it is.
    """
    _become_owner()
    from daybook.foundation.people.imports.columns import columns_of
    from daybook.foundation.people.imports.coming import ComingImport
    from daybook.foundation.people.imports.rules import COMING_FIELDS, COMING_NEEDS

    with (
        _plain_refusals(),
        _desk(by, dry_run) as actor,
        _reading(file, rejects, dry_run) as (sheet, refusals, heard),
    ):
        columns = columns_of(sheet.columns, _keys(map), fields=COMING_FIELDS, needed=COMING_NEEDS)
        tally = ComingImport(actor, columns, _reason(file)).bring_in(sheet.rows, refusals, heard)
    _tell(tally, refusals, dry_run)
    _end(tally)


@app.command()
def equality(
    file: File,
    by: By,
    map: ColumnMap = None,
    dry_run: DryRun = False,
    rejects: RejectsFile = None,
) -> None:
    """Bring in what people said of themselves to another system, of their own accord.

    Columns: system, number (of the person), characteristic, said, declared_on.
    Nobody reads it back here: it leaves Daybook as figures alone.
    """
    _become_owner()
    from daybook.foundation.equality.imports import FIELDS, NEEDED, EqualityImport
    from daybook.foundation.people.imports.columns import columns_of

    with (
        _plain_refusals(),
        _desk(by, dry_run) as actor,
        _reading(file, rejects, dry_run) as (sheet, refusals, heard),
    ):
        columns = columns_of(sheet.columns, _keys(map), fields=FIELDS, needed=NEEDED)
        tally = EqualityImport(actor, columns, _reason(file)).bring_in(sheet.rows, refusals, heard)
    _tell(tally, refusals, dry_run)
    _end(tally)


def _keys(map: Path | None) -> dict[str, Any]:
    from daybook.foundation.registry.maps import read_map

    return read_map(map) if map else {}


def _become_owner() -> None:
    """COPY does not go through row-level security, so imports run as the tables' owner."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    if not os.environ.get("DAYBOOK_OWNER_URL"):
        _refuse(
            "DAYBOOK_OWNER_URL is not set, and this machine's own database does not run. Give "
            "the address of the role that owns the tables, or start 'daybook demo'."
        )
    os.environ["DAYBOOK_AS"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybook.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as why:
        _refuse(str(why))


@contextmanager
def _plain_refusals() -> Iterator[None]:
    """What keeps an import from beginning is told in a sentence."""
    from daybook.foundation.registry.maps import WrongMap
    from daybook.foundation.registry.sheets import Unreadable

    try:
        yield
    except WrongMap as wrong:
        for problem in wrong.problems[:REASONS_SHOWN]:
            say.print(f"  {problem}", markup=False)
        _refuse("Nothing was brought in: the map can't be followed. Mend the keys named above.")
    except Unreadable as why:
        _refuse(f"Nothing was brought in. {why}")


@contextmanager
def _desk(number: str, dry_run: bool) -> "Iterator[Actor | None]":
    """Somebody named sits down for one import; nobody has to for a dry run that writes nothing."""
    from django.db import connection

    from daybook.foundation.access.clerk import USERNAME
    from daybook.foundation.staff.actions import begin_sign_in, end_sign_in
    from daybook.foundation.staff.models import Staff

    staff = Staff.objects.filter(username=number, is_active=True).exclude(username=USERNAME).first()
    if staff is None:
        _refuse(f"No member of staff signs in as {number!r}. Give your own staff number with --by.")
    if dry_run:
        yield None
        return
    with connection.cursor() as cursor:
        # Held until the connection ends, however it ends.
        cursor.execute("select pg_try_advisory_lock(hashtext('daybook import'))")
        if cursor.fetchone() != (True,):
            _refuse("Another import is running. Wait for its end, then run this again.")
    sign_in = begin_sign_in(staff=staff, through="command")
    actor = _AtTheCommand(staff.key, sign_in.key)
    try:
        yield actor
    finally:
        end_sign_in(key=sign_in.key, by=actor)


class _AtTheCommand:
    def __init__(self, key: UUID, sign_in_key: UUID) -> None:
        self.key = key
        self.sign_in_key = sign_in_key


@contextmanager
def _reading(
    file: Path, rejects: Path | None, dry_run: bool
) -> "Iterator[tuple[Sheet, Rejects, Callable[[], None]]]":
    """The open file, where its refused rows go, and what to call as it goes on."""
    from daybook.foundation.registry.refusals import Rejects
    from daybook.foundation.registry.sheets import open_sheet

    beside = file.with_name(f"{file.name}.rejects.csv")
    if rejects is None and not dry_run:
        rejects = beside
    if rejects and rejects.resolve() == file.resolve():
        _refuse("Rejects would overwrite the file itself. Give another name with --rejects.")
    if rejects and not os.access(rejects.parent, os.W_OK):
        _refuse(f"Rejects can't be written in {rejects.parent}. Name a file with --rejects.")
    if rejects == beside:
        # Those of an earlier run would be taken for this one's.
        beside.unlink(missing_ok=True)
    bar = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    with open_sheet(file) as sheet, Progress(*bar, console=say, transient=True) as progress:
        say.print(f"{file.name}: {sheet.how}.", markup=False)
        task = progress.add_task("Looking" if dry_run else "Bringing in", total=1.0)
        yield (
            sheet,
            Rejects(rejects, sheet.columns),
            lambda: progress.update(task, completed=sheet.share),
        )


def _draw_charts(establishments: set[int]) -> None:
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from daybook.foundation.access.clerk import at_the_desk
    from daybook.observe.reflections.actions.pictures import draw

    if not settings.CHARTS:
        return
    with say.status("Drawing the charts"):
        for establishment in sorted(establishments):
            with transaction.atomic(), at_the_desk() as clerk:
                draw(by=clerk, establishment_id=establishment, today=timezone.localdate())


def _reason(file: Path) -> str:
    return f"import of {file.name}"


def _tell(tally: "Tally", rejects: "Rejects", dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    counts = [
        (tally.added, f"{would}added"),
        (tally.changed, f"{would}changed"),
        (tally.there, "there already"),
        (tally.empty, "without anything to bring in"),
        (tally.refused, f"{would}refused"),
    ]
    told = ", ".join(f"{count:,} {what}" for count, what in counts if count)
    rows = "row" if tally.read == 1 else "rows"
    say.print(f"{tally.read:,} {rows}: {told or 'nothing to do'}.")
    if not tally.refused:
        return
    table = Table("Column", "Why refused", "Rows", "First", box=None, pad_edge=False)
    for problem, count in tally.reasons.most_common(REASONS_SHOWN):
        first = str(tally.first[problem])
        table.add_row(problem.column or "–", problem.reason, f"{count:,}", first)
    say.print(table, markup=False)
    if rejects.file:
        say.print(f"Refused rows are in {rejects.file}. It names people: keep it safe.")


def _end(tally: "Tally") -> None:
    raise typer.Exit(SOME_REFUSED if tally.refused else 0)


def _refuse(why: str) -> NoReturn:
    say.print(why, style="red", markup=False)
    raise typer.Exit(2)
