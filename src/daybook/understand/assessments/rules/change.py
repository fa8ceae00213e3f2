"""Then and now, item by item. Better is said as plainly as worse, and nothing is added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.signals.reliability import Moved, reliable_change
from daybook.ui.charts import ladder
from daybook.ui.words import plain_date
from daybook.understand.instruments.definition import Instrument, Item


class Way(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    CANT_SAY = "cant-say"


@dataclass(frozen=True, slots=True)
class Reliability:
    """How alike two assessors answer an item, and how far people lie apart on it, in steps."""

    value: float
    spread: float
    source: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What was found of one item at one time: agreed, or both where the dissent stands."""

    on: date
    answers: tuple[str, ...]
    labels: tuple[str, ...] = ()
    asked: Item | None = None
    """The item as that version asked it; none where it was the newest."""

    @property
    def differing(self) -> bool:
        return len(set(self.answers)) > 1

    def otherwise(self, item: Item) -> bool:
        """Whether its answers stood in another order then, so that no step leads from one to the
        other."""
        return self.asked is not None and self.asked.ordered != item.ordered

    @property
    def said(self) -> tuple[str, ...]:
        """The answers in words, each once."""
        return tuple(dict.fromkeys(self.labels))


@dataclass(frozen=True, slots=True)
class Then:
    """One item: its answers in the order of time, and what may be said of the last two."""

    item: Item
    course: tuple[Answered, ...]
    way: Way
    words: str
    sure: str

    @property
    def drawing(self) -> SafeString:
        """The answers on a ladder of the item's words; those that can't be placed leave a gap."""
        places = [
            []
            if each.otherwise(self.item)
            else [place for key in each.answers if (place := self.item.step(key)) is not None]
            for each in self.course
        ]
        ordered = [answer.label for answer in self.item.answers if not answer.apart]
        said = "; ".join(f"{plain_date(each.on)}: {', '.join(each.said)}" for each in self.course)
        return ladder(
            places,
            rungs=len(ordered),
            way={Way.BETTER: "higher", Way.WORSE: "lower"}.get(self.way, ""),
            label=f"{self.item.asks}. {said}. {self.words}",
        )


def then_and_now(
    instrument: Instrument,
    course: Mapping[str, Sequence[Answered]],
    known: Mapping[str, Reliability],
) -> list[Then]:
    """Every item of the newest version that was answered, in the order of the instrument."""
    found = []
    for item in instrument.items():
        times = tuple(course.get(item.key, ()))
        if times:
            way = way_of(item, times)
            found.append(
                Then(item, times, way, _words(item, times, way), _sure(item, times, known))
            )
    return found


def way_of(item: Item, times: Sequence[Answered]) -> Way:
    """Better or worse only where both times both assessors found the same, it can be placed, and
    the answers stood in the same order."""
    if len(times) < 2:
        return Way.CANT_SAY
    before, now = (_step(item, each) for each in times[-2:])
    if before is None or now is None:
        return Way.CANT_SAY
    if now == before:
        return Way.SAME
    return Way.BETTER if now < before else Way.WORSE


def _step(item: Item, found: Answered) -> int | None:
    if found.differing or not found.answers or found.otherwise(item):
        return None
    return item.step(found.answers[0])


def _words(item: Item, times: Sequence[Answered], way: Way) -> str:
    if len(times) < 2:
        return _("Asked once so far.")
    if any(each.otherwise(item) for each in times[-2:]):
        return _("Can’t be compared: it was asked otherwise then. Read the words.")
    if way is Way.CANT_SAY:
        return _("Can’t be compared: once it could not be said, or two colleagues saw it apart.")
    before, now = (_step(item, each) for each in times[-2:])
    assert before is not None
    assert now is not None
    steps = abs(now - before)
    if way is Way.SAME:
        return _("As it was.")
    said = (
        ngettext("Better by %(n)d step.", "Better by %(n)d steps.", steps)
        if way is Way.BETTER
        else ngettext("Worse by %(n)d step.", "Worse by %(n)d steps.", steps)
    )
    return said % {"n": steps}


def _sure(item: Item, times: Sequence[Answered], known: Mapping[str, Reliability]) -> str:
    """Whether two colleagues who see nothing new would differ by as much."""
    if len(times) < 2:
        return ""
    before, now = (_step(item, each) for each in times[-2:])
    if before is None or now is None or before == now:
        return ""
    scale = known.get(item.key) or (
        Reliability(item.known.reliability, item.known.spread, item.known.source)
        if item.known
        else None
    )
    if scale is None:
        return _("How alike colleagues answer this is not known yet: read the words, not the step.")
    [moved] = reliable_change(
        [float(before)], [float(now)], reliability=scale.value, sd=scale.spread
    ).moved
    said = (
        _("Two colleagues who look at the same would seldom differ by as much.")
        if moved is not Moved.WITHIN_ERROR
        else _("Two colleagues who look at the same differ by as much now and then.")
    )
    return f"{said} ({scale.source})"
