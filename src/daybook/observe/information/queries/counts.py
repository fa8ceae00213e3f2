"""How many people were monitored on a day: by legal status, and by the law it rested on."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import DATA_PROTECTION, GOVERNOR, OVERSIGHT
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import Status
from daybook.foundation.places.models import Establishment

from ..rules.counts import Line, kept_back, without_rare

ALL = ""
NO_BASIS, SEVERAL, RARE = "", "+", "-"

Number = int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One establishment, or all of them; None is not shown."""

    name: str
    columned: tuple[tuple[str, Number], ...]
    whole: Number


@dataclass(frozen=True, slots=True)
class Table:
    """Columns in the order of the law, or of the alphabet; rows by name, all of them last."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class CountsOn:
    """``sentence`` says why there is no table, where there is none."""

    day: date
    sentence: str
    tables: tuple[Table, ...] = ()

    @property
    def hides(self) -> bool:
        return any(
            number is None
            for table in self.tables
            for row in table.rows
            for number in (*(number for _column, number in row.columned), row.whole)
        )


def may_count(viewer: Viewer) -> bool:
    return viewer.holds(GOVERNOR, OVERSIGHT, DATA_PROTECTION)


def counts_on(day: date, *, viewer: Viewer) -> CountsOn:
    """Everybody with a concern that went on when the day was over. 404 for who may not."""
    if not may_count(viewer):
        raise Http404
    if day > timezone.localdate():
        return CountsOn(day, _("That day is still to come: nobody can be counted on it."))
    with connection.cursor() as cursor:
        cursor.execute("select daybook.counts_places(), daybook.counts_begin()")
        places, began = cursor.fetchone()
        if began is None:
            return CountsOn(day, _("Nothing was ever reported here: there is nobody to count."))
        if day < began:
            return CountsOn(
                day, _("That was before the first report here: nothing is known of that day.")
            )
        cursor.execute("select * from daybook.people_counted(%s, %s)", [day, _end_of(day)])
        rows = cursor.fetchall()
    names = dict(
        Establishment.objects.filter(id__in=places).order_by("name", "id").values_list("id", "name")
    )
    return CountsOn(day, "", _tables(rows, names))


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _tables(rows: list[tuple[int, str, str, int]], names: dict[int, str]) -> tuple[Table, ...]:
    by_status: Counter[tuple[object, str]] = Counter()
    by_basis: Counter[tuple[object, str]] = Counter()
    for place, status, basis, people in rows:
        by_status[place, status] += people
        by_basis[place, basis] += people
    everywhere: Counter[str] = Counter()
    for (_at, basis), people in by_basis.items():
        everywhere[basis] += people
    under = without_rare(everywhere, keep=frozenset({NO_BASIS, SEVERAL}), rest=RARE)
    folded: Counter[tuple[object, str]] = Counter()
    for (at, basis), people in by_basis.items():
        folded[at, under[basis]] += people
    statuses = {**{each.value: str(each.label) for each in Status}, "": _("not known")}
    bases = {
        **{basis: basis for basis in sorted(set(under.values()) - {NO_BASIS, SEVERAL, RARE})},
        RARE: _("another law"),
        SEVERAL: _("several laws"),
        NO_BASIS: _("none yet"),
    }
    used = set(under.values()) | {NO_BASIS}
    bases = {basis: name for basis, name in bases.items() if basis in used}
    asked = [
        (_("By legal status"), by_status, statuses),
        (_("By the law it rests on"), folded, bases),
    ]
    values, lines = _with_sums([(each[1], list(each[2])) for each in asked], list(names))
    away = kept_back(values, lines)

    def shown(*key: object) -> Number:
        return None if key in away else values[key]

    rows_of: list[tuple[object, str]] = [*names.items()]
    if len(names) > 1:
        rows_of.append((ALL, _("in all")))
    return tuple(
        Table(
            title,
            tuple(
                Row(
                    name,
                    tuple((words, shown(number, at, key)) for key, words in columns.items()),
                    shown(ALL, at, ALL),
                )
                for at, name in rows_of
            ),
        )
        for number, (title, _counts, columns) in enumerate(asked)
    )


def _with_sums(
    asked: list[tuple[Counter[tuple[object, str]], list[str]]], places: list[int]
) -> tuple[dict[object, int], list[Line]]:
    """Every cell by table, place and column, with all sums, and which cells add up to which.

    Both tables count the same people, so they share the sums of places.
    """
    values: dict[object, int] = {}
    lines: list[Line] = []
    rows: list[object] = [*places, ALL] if len(places) > 1 else [*places]
    for number, (counts, columns) in enumerate(asked):
        for key in columns:
            for at in places:
                values[number, at, key] = counts[at, key]
            if ALL in rows:
                values[number, ALL, key] = sum(counts[at, key] for at in places)
                parts = tuple((number, at, key) for at in places)
                lines.append(Line(parts, (number, ALL, key)))
        for row in rows:
            values[ALL, row, ALL] = sum(values[number, row, key] for key in columns)
            lines.append(Line(tuple((number, row, key) for key in columns), (ALL, row, ALL)))
    if ALL in rows:
        lines.append(Line(tuple((ALL, at, ALL) for at in places), (ALL, ALL, ALL)))
    return values, lines
