"""Everything about somebody, for a request that was decided: gathered from every app at once.

The database gathers (``daybook.everything``), by the list in which each app says what it keeps.
Nothing is stored: each time it is asked for, it is put together anew, and the log tells to whom.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _

from daybook.foundation.people.models import Person
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.records import Kept, records
from daybook.foundation.staff.models import Staff
from daybook.foundation.vault.fields import SealedField

from ..rules import Column, Names, Told, by_day, redactor, struck_apart, tell
from .requests import Asked

NEVER_SAID = {"struck_at", "source", "pair", "once", "path", "position"}
"""Columns that tell nothing to whoever reads about themselves."""
NAMES_ONE: dict[object, str] = {Person: "person", Staff: "staff", Unit: "unit"}


@dataclass(frozen=True, slots=True)
class Kind:
    """Records of one kind, in words; ``struck``: how many were struck and stay sealed."""

    kind: str
    name: str
    records: tuple[Told, ...]
    struck: int = 0


@dataclass(frozen=True, slots=True)
class Withheld:
    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Everything:
    person: str
    kinds: tuple[Kind, ...]
    withheld: tuple[Withheld, ...]

    @property
    def count(self) -> int:
        return sum(len(kind.records) for kind in self.kinds)

    def as_json(self, asked: Asked) -> bytes:
        """The same for a machine, in UTF-8."""
        told = {
            "about": self.person,
            "request": {
                "asked_on": asked.asked_on.isoformat(),
                "decided_at": asked.at.isoformat(),
                "recipient": asked.recipient,
            },
            "records": {
                kind.name: [{"on": each.on, **_once(each.says)} for each in kind.records]
                for kind in self.kinds
            },
            "struck_and_sealed": {kind.name: kind.struck for kind in self.kinds if kind.struck},
            "withheld": [asdict(each) for each in self.withheld],
        }
        return json.dumps(told, ensure_ascii=False, indent=2).encode()


def everything(asked: Asked) -> Everything:
    """All that is kept about the person and was not withheld."""
    with connection.cursor() as cursor:
        cursor.execute("select daybook.everything(%s)", [asked.key])
        found = cursor.fetchone()[0]
    gathered: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
    beside = gathered.pop("beside")
    who = gathered["person"]["people_person"][0]
    names = Names(
        subject=(who["given_name"], who["family_name"], who["known_as"]),
        people=tuple(tuple(name) for name in beside["people"]),
        staff={key: tuple(name) for key, name in beside["staff"].items()},
        units=beside["units"],
        names_staff=asked.names_staff,
        other=_("[another person]"),
        colleague=_("[a member of staff]"),
    )
    redact = redactor(names)
    said = _said(gathered)
    return Everything(
        person=f"{who['given_name']} {who['family_name']}",
        kinds=tuple(
            _kind(records.known[kind], tables, names, redact, asked.person_id, said)
            for kind, tables in gathered.items()
            if kind in records.known
        ),
        withheld=tuple(
            Withheld(str(records.known[kind].name), asked.withheld_because)
            for kind in asked.withheld
            if kind in records.known
        ),
    )


def _said(gathered: dict[str, Any]) -> dict[str, list[str]]:
    """What the person says about single records, by the key of each."""
    said: dict[str, list[str]] = {}
    for trace in (each for each in records.traces if each.says):
        table = trace.model._meta.db_table
        for row in (row for tables in gathered.values() for row in tables.get(table, ())):
            for column in trace.by:
                said.setdefault(str(row[column]), []).append(row[trace.says])
    return said


def _beside(row: Mapping[str, Any], told: Told, said: dict[str, list[str]], redact: Any) -> Told:
    words = said.get(str(row.get("id")), ())
    if not words:
        return told
    own = tuple((_("You say that this is wrong"), redact(each)) for each in words)
    return replace(told, says=(*told.says, *own))


def _kind(
    kept: Kept,
    tables: dict[str, Any],
    names: Names,
    redact: Any,
    person: int,
    said: dict[str, list[str]],
) -> Kind:
    """The records of a kind with their parts, each table's the oldest first."""
    told: list[Told] = []
    struck = 0
    for model in dict.fromkeys(kept.models()):
        rows, apart = struck_apart(tables.get(model._meta.db_table, ()))
        struck += apart
        day = kept.day if model is kept.model else _day_of(model)
        told += [
            _beside(
                row,
                tell(row, columns(model), names=names, redact=redact, person_key=person, day=day),
                said,
                redact,
            )
            for row in by_day(rows, day)
        ]
    return Kind(kept.kind, str(kept.name), tuple(each for each in told if each.says), struck)


@cache
def columns(model: type[models.Model]) -> dict[str, Column]:
    """How each column of a table is told: by the comment that says what it holds."""
    found = {}
    for field in model._meta.concrete_fields:
        if field.column in NEVER_SAID:
            continue
        words = (field.db_comment or "").rpartition(" [")[0].rstrip(".")
        found[str(field.column)] = Column(words, _of(field), _choices(field))
    return found


def _of(field: "models.Field[Any, Any]") -> str:
    if isinstance(field, SealedField):
        return "own"
    if field.is_relation:
        return NAMES_ONE.get(field.related_model, "own")
    if isinstance(field, models.UUIDField | models.BigAutoField | models.JSONField):
        return "own"
    return ""


def _choices(field: "models.Field[Any, Any]") -> dict[str, str] | None:
    given = field.choices or getattr(getattr(field, "base_field", None), "choices", None)
    return {str(value): str(words) for value, words in given} if given else None


def _day_of(model: type[models.Model]) -> str:
    """The first column of a part that is a day or a moment."""
    days = (f for f in model._meta.concrete_fields if isinstance(f, models.DateField))
    return next((str(field.column) for field in days), "")


def _once(says: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for words, value in says:
        told[words] = value
    return told
