"""What somebody is given about themselves: arranged, in words, with others made unreadable.

Plain functions over what the database gathered. The person's own words, facts and assessments
are given as they stand; whom else they name is not.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

SHORTEST_NAME = 3
"""Shorter names are words of some language as well, and stand only within a full name."""


@dataclass(frozen=True, slots=True)
class Column:
    """How a column is told: what it holds, in a sentence, and what its values mean."""

    words: str
    of: str = ""
    """``person``, ``staff`` or ``unit`` where it names one; ``own`` for what nobody reads."""
    choices: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Who stands beside: other people, staff by key with their post, units by key."""

    subject: tuple[str, ...]
    people: tuple[tuple[str, str, str], ...]
    staff: Mapping[str, tuple[str, str, str]]
    units: Mapping[str, str]
    names_staff: bool
    other: str = "[another person]"
    colleague: str = "[a member of staff]"


@dataclass(frozen=True, slots=True)
class Told:
    """One record: its day where it has one, and each thing it says with what that is."""

    on: str
    says: tuple[tuple[str, str], ...]


def redactor(names: Names) -> Callable[[str], str]:
    """Makes names of others unreadable in running text; the subject's own stay."""
    own = {word.casefold() for name in names.subject for word in name.split()}
    hidden: dict[str, str] = {}
    for given, family, known_as in names.people:
        _hide(hidden, (given, family, known_as), names.other, own)
    if not names.names_staff:
        for given, family, _post in names.staff.values():
            _hide(hidden, (given, family, ""), names.colleague, own)
    if not hidden:
        return lambda text: text
    longest_first = sorted(hidden, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return lambda text: pattern.sub(lambda found: hidden[found.group()], text)


def _hide(hidden: dict[str, str], name: tuple[str, str, str], by: str, own: set[str]) -> None:
    given, family, known_as = name
    for first in filter(None, (given, known_as)):
        if family:
            for whole in (f"{first} {family}", f"{first} {family[:1]}."):
                hidden.setdefault(whole, by)
    for word in (given, family, known_as):
        if len(word) >= SHORTEST_NAME and word.casefold() not in own:
            hidden.setdefault(word, by)


def tell(
    row: Mapping[str, Any],
    columns: Mapping[str, Column],
    *,
    names: Names,
    redact: Callable[[str], str],
    person_key: int,
    day: str = "",
) -> Told:
    """One row in words; empty columns and keys say nothing."""
    says = tuple(
        (column.words, words)
        for name, column in columns.items()
        if name in row and column.of != "own"
        for words in [_value(row[name], column, names, redact, person_key)]
        if words
    )
    return Told(_day(row.get(day)) if day else "", says)


def _value(
    value: Any, column: Column, names: Names, redact: Callable[[str], str], person_key: int
) -> str:
    if value is None or value == "" or value == []:
        return ""
    match column.of:
        case "person":
            return "" if value == person_key else names.other
        case "staff":
            given, family, post = names.staff.get(str(value), ("", "", ""))
            return f"{given} {family}".strip() if names.names_staff else post or names.colleague
        case "unit":
            return names.units.get(str(value), "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_one(each, column, redact) for each in value if each is not None)
    return _one(value, column, redact)


def _one(value: Any, column: Column, redact: Callable[[str], str]) -> str:
    if column.choices and str(value) in column.choices:
        return column.choices[str(value)]
    if isinstance(value, str):
        return _day(value) or redact(value)
    return str(value)


def _day(value: Any) -> str:
    """A day, or a day and an hour, as people write it; empty for anything else."""
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d", value):
        return ""
    try:
        if len(value) == 10:
            return date.fromisoformat(value).isoformat()
        return datetime.fromisoformat(value).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return ""


def struck_apart(rows: Iterable[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], int]:
    """Those that stand, and how many were struck: about somebody else, or with a wrong word."""
    found = list(rows)
    standing = [row for row in found if not row.get("struck_at")]
    return standing, len(found) - len(standing)


def by_day(rows: Iterable[Mapping[str, Any]], day: str) -> Iterator[Mapping[str, Any]]:
    """The oldest first."""
    yield from sorted(rows, key=lambda row: str(row.get(day) or ""))
