"""Do groups fare alike? Figures of one establishment, and what its governor says to them.

The database gives figures in which nobody can be told apart (``fairness.sql``); here they get
their names and stand by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from daybook.foundation.access.roles import (
    DATA_PROTECTION,
    DUTY_MANAGER,
    GOVERNOR,
    HEAD_OF_UNIT,
    OVERSIGHT,
    ROLES,
)
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.equality.vocabulary import UNSAID, characteristics
from daybook.foundation.places.models import Establishment, Unit
from daybook.foundation.registry.providers import Due

from ..models import FairnessAnswer
from ..rules.fairness import Counts, Measure, Rate, Ratio, beside_the_rest, rate

UNIT, ROLE, AGE = "unit", "role", "age"
ANOTHER = "another"
AGES = {
    "under-21": gettext_lazy("under 21"),
    "21-24": gettext_lazy("21 to 24"),
    "25-39": gettext_lazy("25 to 39"),
    "40-59": gettext_lazy("40 to 59"),
    "60-on": gettext_lazy("60 and over"),
}
NOT_SAID = pgettext_lazy("a group of people", "did not say")


@dataclass(frozen=True, slots=True)
class Place:
    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure of one group; ``compared`` names the comparison in an answer."""

    measure: Measure
    compared: str
    rate: Rate | None
    ratio: Ratio | None
    owed: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    people: int | None
    cells: tuple[Cell, ...]

    @property
    def shown(self) -> bool:
        return any(cell.rate for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Whole:
    """One way to divide everybody, its groups by name."""

    key: str
    name: str
    groups: tuple[Group, ...]
    asked: str = ""
    """What people were asked, where they said it themselves."""

    @property
    def shown(self) -> bool:
        return any(group.shown for group in self.groups)

    @property
    def kept_back(self) -> list[str]:
        """Names of groups of which nothing is shown."""
        return [group.name for group in self.groups if group.people is None]

    @property
    def by_report(self) -> bool:
        """Whether it divides reports, and not people."""
        return self.key == ROLE


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of a governor, with the figures as they were shown then."""

    compared: str
    until: date
    figures: Rate
    rest: Rate
    why: str
    doing: str
    next_look_on: date
    by: str
    written_at: Any


@dataclass(frozen=True)
class Picture:
    place: Place
    since: date
    until: date
    everybody: tuple[Cell, ...]
    wholes: tuple[Whole, ...]
    answers: tuple[Said, ...]
    named: Mapping[str, str] = field(default_factory=dict)
    """What each comparison is called, by its key."""

    @property
    def cells(self) -> Iterator[tuple[Whole, Group, Cell]]:
        for whole in self.wholes:
            for group in whole.groups:
                for cell in group.cells:
                    yield whole, group, cell

    @property
    def comparisons(self) -> int:
        return sum(1 for _whole, _group, cell in self.cells if cell.ratio)

    @property
    def owed(self) -> list[Cell]:
        """What stands out and nobody has answered, by name."""
        found = [cell for _whole, _group, cell in self.cells if cell.owed]
        return sorted(found, key=lambda cell: self.named[cell.compared])


# ---- Who may ----


def places(*, viewer: Viewer) -> list[Place]:
    """Whose figures the viewer may see, by name."""
    rows = Establishment.objects.order_by("name", "id").values_list("id", "code", "name")
    if viewer.holds(OVERSIGHT, DATA_PROTECTION):
        return [Place(*row) for row in rows]
    here = _held_at(viewer)
    return [Place(*row) for row in rows if row[0] in here]


def _held_at(viewer: Viewer) -> set[int]:
    units = {held.unit_id for held in viewer.held if held.role is HEAD_OF_UNIT and held.unit_id}
    return {
        held.establishment_id
        for held in viewer.held
        if held.role in (GOVERNOR, DUTY_MANAGER) and held.establishment_id
    } | set(Unit.objects.filter(id__in=units).values_list("establishment_id", flat=True))


def place(code: str, *, viewer: Viewer) -> Place:
    for each in places(viewer=viewer):
        if each.code == code:
            return each
    raise Http404


def governs(viewer: Viewer, at: Place) -> bool:
    return any(held.role is GOVERNOR and held.establishment_id == at.id for held in viewer.held)


# ---- Figures ----


def picture(at: Place, *, viewer: Viewer) -> Picture:
    """All figures of a place that the viewer was let see."""
    since, until, counts = _counted(at.id)
    answers = list(
        FairnessAnswer.objects.filter(establishment_id=at.id)
        .select_related("written_by")
        .order_by("-written_at")
    )
    today = timezone.localdate()
    held = {each.compared for each in answers if each.next_look_on >= today}
    everybody = counts.get(("all", ""), Counts())
    wholes: list[Whole] = []
    named: dict[str, str] = {}
    questions = {asked.key: str(asked.asks) for asked in characteristics()}
    for key, name, kinds in _wholes(at, counts):
        groups = []
        for kind, called in sorted(kinds.items(), key=lambda each: str(each[1]).casefold()):
            cells = tuple(
                _cell(key, kind, measure, counts.get((key, kind), Counts()), everybody, held)
                for measure in Measure
            )
            people = counts.get((key, kind), Counts()).people
            groups.append(Group(str(called), people, cells))
            named |= {cell.compared: f"{name}: {called}" for cell in cells}
        wholes.append(Whole(key, str(name), tuple(groups), questions.get(key, "")))
    return Picture(
        at, since, until,
        tuple(_cell("all", "", measure, everybody, everybody, held) for measure in Measure),
        tuple(wholes), tuple(map(_said, answers)), named,
    )  # fmt: skip


def _counted(establishment: int) -> tuple[date, date, dict[tuple[str, str], Counts]]:
    """First and last day, and the counts by whole and group."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.since, p.until, f.* from daybook.fairness_period() p"
            " left join daybook.fairness(%s) f on true",
            [establishment],
        )
        rows = cursor.fetchall()
    since, until = rows[0][:2]
    return since, until, {
        (whole, kind): Counts(*counts) for _since, _until, whole, kind, *counts in rows if whole
    }  # fmt: skip


def _wholes(
    at: Place, counts: Mapping[tuple[str, str], Counts]
) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Each way to divide everybody: its key and name, and the names of its groups."""

    def met(whole: str) -> dict[str, Any]:
        # A group that the service gave up is called by its key, and named where it is shown only:
        # that somebody ever said so would be told by its name.
        return {
            kind: kind
            for (key, kind), its in counts.items()
            if key == whole and (whole == ROLE or its.people is not None)
        }

    units = Unit.objects.filter(establishment_id=at.id).values_list("id", "name")
    yield UNIT, _("unit"), {str(key): name for key, name in units}
    # A role that nobody holds here is no group.
    yield (
        ROLE,
        _("role of who reported"),
        {kind: ROLES[kind].name if kind in ROLES else _("another role") for kind in met(ROLE)},
    )
    yield AGE, _("age"), dict(AGES) | {UNSAID: _("not known")}
    for asked in characteristics():
        yield asked.key, asked.name, met(asked.key) | asked.groups | {UNSAID: NOT_SAID}


def _cell(
    whole: str, kind: str, measure: Measure, its: Counts, everybody: Counts, held: set[str]
) -> Cell:
    compared = f"{measure}.{whole}.{kind}"
    if whole == ROLE and measure is Measure.REPORTED:
        # Of all that was reported, how much came from there: nothing to be unlike to.
        share = its.reports is not None and bool(everybody.reports)
        found = rate(its.reports or 0, everybody.reports or 1) if share else None
        return Cell(measure, compared, found, None)
    number = its.of(measure)
    unlike = None if whole == "all" else beside_the_rest(its, everybody, measure)
    stands_out = (
        whole not in (UNIT, ROLE, "all") and kind != UNSAID
        and unlike is not None and unlike.stands_out
    )  # fmt: skip
    return Cell(
        measure, compared, rate(*number) if number else None, unlike,
        owed=stands_out and compared not in held, answered=stands_out and compared in held,
    )  # fmt: skip


def _said(row: FairnessAnswer) -> Said:
    return Said(
        row.compared, row.until, rate(row.count, row.among), rate(row.rest_count, row.rest_among),
        row.why, row.doing, row.next_look_on, str(row.written_by), row.written_at,
    )  # fmt: skip


def rest_of(cell: Cell, shown: Picture) -> tuple[int, int]:
    """How many of everyone else, out of how many, where the cell is compared with them."""
    everybody = next(each.rate for each in shown.everybody if each.measure is cell.measure)
    assert cell.rate is not None
    assert everybody is not None
    return everybody.count - cell.rate.count, everybody.among - cell.rate.among


# ---- What a governor owes ----


def owed(*, viewer: Viewer) -> Iterator[Due]:
    """What stands out and waits for the governor's answer, a line for each place."""
    here = {
        held.establishment_id
        for held in viewer.held
        if held.role is GOVERNOR and held.establishment_id is not None
    }
    if not here:
        return
    protected = {AGE, *(asked.key for asked in characteristics())}
    for at, code in Establishment.objects.filter(id__in=here).values_list("id", "code"):
        _since, until, counts = _counted(at)
        everybody = counts.get(("all", ""), Counts())
        cells = [
            _cell(whole, kind, measure, its, everybody, set())
            for (whole, kind), its in counts.items()
            if whole in protected
            for measure in Measure
        ]
        unlike = {cell.compared for cell in cells if cell.owed}
        if unlike:
            unlike.difference_update(
                FairnessAnswer.objects.filter(
                    establishment_id=at, next_look_on__gte=timezone.localdate()
                ).values_list("compared", flat=True)
            )
        if unlike:
            yield Due(
                until + timedelta(days=1),
                ngettext(
                    "A figure that chance would hardly show: say what is behind it",
                    "{number} figures that chance would hardly show: say what is behind them",
                    len(unlike),
                ).format(number=len(unlike)),
                reverse("information:fairness-at", args=[code]),
            )
