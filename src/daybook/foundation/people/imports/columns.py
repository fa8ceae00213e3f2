"""Which column of a file about people says what: by its own name, unless a map says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from daybook.foundation.registry.maps import Reader, WrongMap
from daybook.foundation.registry.refusals import Problem
from daybook.foundation.registry.sheets import Row, moment_in

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True)
class Columns:
    """Fields by the column they stand in, and how cells are to be read.

    ``fixed`` are fields with the same text in every row; ``values`` are the texts of the
    other system for Daybook's own, by field; ``missing`` are those that say nothing.
    """

    column: Mapping[str, str]
    fixed: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    date_format: str
    missing: frozenset[str]

    def in_row(self, row: Row) -> dict[str, str]:
        """What the row says, by field; fields that say nothing are left out."""
        said = dict(self.fixed)
        for field, column in self.column.items():
            cell = row.cells.get(column, "")
            if cell not in self.missing:
                said[field] = self.values.get(field, {}).get(cell, cell)
        return said

    def name_of(self, field: str) -> str:
        """The column of a field, to be named in a reason."""
        return self.column.get(field, field)


def columns_of(
    header: tuple[str, ...], keys: Mapping[str, Any], *, fields: tuple[str, ...], needed: set[str]
) -> Columns:
    """Read a map, empty where the header has Daybook's own names. Raises ``WrongMap``."""
    top = Reader(keys)
    named, fixed, values = (top.level(key) for key in ("columns", "fixed", "values"))
    column = {field: field for field in fields if field in header}
    for field in _known(named, fields):
        column[field] = named.text(field)
        if column[field] not in header:
            named.wrong(field, f"there is no column {column[field]!r}.")
    same = {field: fixed.text(field) for field in _known(fixed, fields)}
    for field in sorted(needed - column.keys() - same.keys()):
        top.problems.append(
            f"{field}: there is no such column. Name it in the file, or in a map under "
            f"'columns'. The columns are: {', '.join(header)}."
        )
    translated = {}
    for field in _known(values, fields):
        level = values.level(field)
        translated[field] = {text: level.text(text) for text in level.names()}
    found = Columns(
        column={field: name for field, name in column.items() if field not in same},
        fixed=same,
        values=translated,
        date_format=top.text("date_format", default="%Y-%m-%d"),
        missing=top.texts("missing", ("", "NA")),
    )
    top.no_more()
    if top.problems:
        raise WrongMap(top.problems)
    return found


def _known(level: Reader, fields: tuple[str, ...]) -> list[str]:
    names = level.names()
    for name in names:
        if name not in fields:
            level.wrong(name, f"is not known here. Known are: {', '.join(fields)}.")
    return [name for name in names if name in fields]


class Cells:
    """The cells of one row, read field by field; collects what is wrong with them."""

    def __init__(self, row: Row, columns: Columns) -> None:
        self._columns = columns
        self._said = {} if row.problem else columns.in_row(row)
        self.problems = [Problem("", row.problem)] if row.problem else []

    def wrong(self, field: str, reason: str) -> None:
        self.problems.append(Problem(self._columns.name_of(field), reason))

    def text(self, field: str, longest: int, *, needed: bool = False) -> str:
        """What the field says, or nothing."""
        text = self._said.get(field, "")
        if needed and not text and not self.problems:
            self.wrong(field, _("is empty"))
        if len(text) > longest:
            self.wrong(field, _("is longer than {count} characters").format(count=longest))
        if not text.isprintable():
            self.wrong(field, _("holds a character that cannot be shown"))
        return text

    def one_of(self, field: str, words: Any) -> str:
        text = self._said.get(field, "")
        if text and text not in words.values:
            known = ", ".join(words.values)
            self.wrong(field, _("is not one of: {words}").format(words=known))
        return text

    def listed(self, field: str) -> tuple[str, ...]:
        """The parts between semicolons, each once."""
        parts = (part.strip() for part in self._said.get(field, "").split(";"))
        return tuple(dict.fromkeys(filter(None, parts)))

    def day(self, field: str, *, until: date | None = None) -> date | None:
        text = self._said.get(field, "")
        if not text:
            return None
        found = moment_in(text, self._columns.date_format)
        if found is None or not EARLIEST <= found.date() <= LATEST:
            self.wrong(field, _("is not a date that can be read"))
            return None
        if until and found.date() > until:
            self.wrong(field, _("is still to come"))
        return found.date()

    def moment(self, field: str, zone: tzinfo, *, until: datetime | None = None) -> datetime | None:
        """A date with its time of day, or the beginning of a day; in ``zone`` unless it says."""
        text = self._said.get(field, "")
        if not text:
            return None
        found = moment_in(text, self._columns.date_format)
        if found is None or not EARLIEST <= found.date() <= LATEST:
            self.wrong(field, _("is not a date or time that can be read"))
            return None
        found = found if found.tzinfo else found.replace(tzinfo=zone)
        if until and found > until:
            self.wrong(field, _("is still to come"))
        return found
