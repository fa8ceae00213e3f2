"""Two views of one person side by side: how far they lie apart, and what that may mean.

A gap is a question to ask, never a verdict. It says nothing of whether anybody is truthful, and
nothing of what will come.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from daybook.signals.gaps import gap
from daybook.ui.charts import Interval, apart

from ..vocabulary import Setting
from .chart import steps_in_words

LOWEST, HIGHEST = 1, 5
FEWEST = 10
"""Values of each view before they are set side by side."""
MOST_PLACES = 2
WIDEST = 2.0
"""A longer interval, in steps, that holds nought says neither that there is a gap nor that there
is none."""
REACH = 2.0
"""Steps to either side that the drawing shows; hardly any gap is larger."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One value on the scale of a channel, in the order of time."""

    step: int
    setting: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two views, in words and as a drawing; ``left`` and ``right`` stand at its ends."""

    title: str
    sentence: str
    how_sure: str
    because: str
    drawing: SafeString
    left: str
    right: str


def side_by_side(seen: Sequence[Seen], pronoun: str) -> list[SideBySide]:
    """Own marks beside what colleagues wrote, then other places beside the wing.

    Each is shown from the first values of both views on, so that it may be looked at every day.
    """
    found: list[SideBySide | None] = []
    if any(each.own for each in seen):
        found.append(_own_and_ours(seen, pronoun))
    ours = [each for each in seen if not each.own]
    places = {each.setting for each in ours} - {Setting.WING.value, ""}
    often = sorted(places, key=lambda place: (-_times(ours, place), place))
    elsewhere = [_elsewhere(ours, place) for place in often[:MOST_PLACES]]
    places_apart = [each for each in elsewhere if each is not None]
    # What may lie behind it is the same for every place, and said once.
    found += [replace(each, because="") if at else each for at, each in enumerate(places_apart)]
    return [each for each in found if each is not None]


def _own_and_ours(seen: Sequence[Seen], pronoun: str) -> SideBySide | None:
    own = {"he": _("his own marks"), "she": _("her own marks")}.get(pronoun, _("their own marks"))
    return _compared(
        [each.step for each in seen],
        [each.own for each in seen],
        title=capfirst(_("%(own)s, and what we write") % {"own": own}),
        first=own,
        second=_("what we write"),
        because=_(
            "Both may be right. A mark is given in a conversation, on one day and to somebody; we "
            "see other hours, and everyone uses a scale in their own way. Somebody may not want to "
            "worry us, or not want to be asked. It helps to ask what we don’t see."
        ),
    )


def _elsewhere(seen: Sequence[Seen], place: str) -> SideBySide | None:
    there = [each for each in seen if each.setting in {place, Setting.WING}]
    name = str(Setting(place).label) if place in Setting else place
    return _compared(
        [each.step for each in there],
        [each.setting == place for each in there],
        title=capfirst(_("%(place)s, and the wing") % {"place": name}),
        first=_("what is written at %(place)s") % {"place": name},
        second=_("what is written on the wing"),
        because=_(
            "Places ask different things of people, other colleagues write there, and a day there "
            "has other hours. It helps to ask what is easier in one place, and what would carry "
            "over."
        ),
    )


def _compared(
    steps: Sequence[int],
    in_first: Sequence[bool],
    *,
    title: str,
    first: str,
    second: str,
    because: str,
) -> SideBySide | None:
    counts = sum(in_first), len(in_first) - sum(in_first)
    if min(counts) < FEWEST:
        return None
    found = gap(steps, np.asarray(in_first), low=LOWEST, high=HIGHEST)
    now = Interval(float(found.mean[-1]), float(found.low[-1]), float(found.high[-1]))
    sentence, how_sure = _sentence(now, first, second), _how_sure(now, counts)
    return SideBySide(
        title=title,
        sentence=sentence,
        how_sure=how_sure,
        because=because,
        drawing=apart(now, reach=REACH, label=f"{sentence} {how_sure}"),
        left=pgettext("of two views", "lower"),
        right=pgettext("of two views", "higher"),
    )


def _sentence(found: Interval, first: str, second: str) -> str:
    said = {"first": capfirst(first), "second": second, "steps": steps_in_words(abs(found.value))}
    if found.low > 0:
        return _("%(first)s: %(steps)s higher than %(second)s.") % said
    if found.high < 0:
        return _("%(first)s: %(steps)s lower than %(second)s.") % said
    if found.high - found.low > WIDEST:
        return _("%(first)s beside %(second)s: too few so far to say whether they differ.") % said
    return _("%(first)s: no gap to %(second)s that chance could not make as well.") % said


def _how_sure(found: Interval, counts: tuple[int, int]) -> str:
    low, high = (_signed(each) for each in (found.low, found.high))
    said = ngettext(
        "%(first)d value beside %(second)d.", "%(first)d values beside %(second)d.", counts[0]
    ) % {"first": counts[0], "second": counts[1]}
    span = _(
        "On average over all days the gap lies between %(low)s and %(high)s steps: this holds in "
        "95 of 100 cases, however often one looks."
    ) % {"low": low, "high": high}
    return f"{said} {span}"


def _signed(steps: float) -> str:
    rounded = round(steps, 1)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    return f"{sign}{number_format(abs(rounded), 1)}"


def _times(seen: Sequence[Seen], place: str) -> int:
    return sum(each.setting == place for each in seen)
