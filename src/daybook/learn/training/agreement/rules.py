"""Agreement of two assessors item by item, and how far one stands from colleagues."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from daybook.signals.agreement.cohen import Weighting, cohen
from daybook.signals.agreement.icc import icc
from daybook.signals.agreement.krippendorff import krippendorff
from daybook.signals.columns import Floats
from daybook.signals.errors import SignalsError
from daybook.signals.estimates import UNKNOWN, Estimate
from daybook.understand.assessments.rules.reliability import Pair, by_item, steps
from daybook.understand.instruments.definition import Instrument, Item

FEWEST_TALKS = 5
"""Assessments that two answered before anything is said of how one stands beside colleagues."""

Beside = tuple[int, str, str, str]
"""Number of the assessment, item, one's own answer, the colleague's."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """One item: weighted kappa (squared distances), ICC(A,1), Krippendorff's alpha (ordinal)."""

    item: Item
    pairs: int
    kappa: Estimate
    icc: Estimate
    alpha: Estimate


@dataclass(frozen=True, slots=True)
class Stand:
    """How many steps one answers better (below nought) or worse than colleagues, on average over
    assessments, with a 95 % interval; None with too few."""

    talks: int
    mean: float
    low: float
    high: float

    @property
    def is_told(self) -> bool:
        return self.low > 0 or self.high < 0


def agreed(instrument: Instrument, pairs: Iterable[Pair]) -> list[Agreed]:
    """Every item of which enough pairs are there, in the order of the instrument."""
    theirs = by_item(pairs)
    found = []
    for item in instrument.items():
        given = steps(item, theirs.get(item.key, ()))
        if len(given) >= 2:
            found.append(
                Agreed(
                    item,
                    len(given),
                    _told(cohen, given, Weighting.QUADRATIC),
                    _told(icc, given, "ICC(A,1)"),
                    _told(krippendorff, given, "ordinal"),
                )
            )
    return found


def stand(instrument: Instrument, beside: Iterable[Beside]) -> Stand | None:
    """Each assessment counts once, however many items it has: its answers were given together."""
    apart: defaultdict[int, list[int]] = defaultdict(list)
    for talk, key, own, other in beside:
        item = instrument.item(key)
        mine, theirs = (item.step(own), item.step(other)) if item else (None, None)
        if mine is not None and theirs is not None:
            apart[talk].append(mine - theirs)
    if len(apart) < FEWEST_TALKS:
        return None
    from scipy.special import stdtrit

    means = np.array([np.mean(each) for each in apart.values()])
    half = stdtrit(means.size - 1, 0.975) * means.std(ddof=1) / np.sqrt(means.size)
    mean = float(means.mean())
    return Stand(means.size, mean, mean - float(half), mean + float(half))


def share_apart(stands: Iterable[Stand]) -> int | None:
    """How many assessors in a hundred, to the next ten, stand apart further than chance puts one
    in twenty; None of fewer than ten."""
    told = [each.is_told for each in stands]
    return round(10 * sum(told) / len(told)) * 10 if len(told) >= 10 else None


def in_words(found: Stand | None) -> str:
    """What an assessor is told of themselves."""
    if found is None:
        return _("Too few so far to say anything.")
    if not found.is_told:
        return _("You answer as your colleagues do: no difference can be told.")
    least, most = sorted(map(abs, (found.low, found.high)))
    size = abs(found.mean)
    said = {"size": _steps(size), "least": _steps(least), "most": _steps(most)}
    if found.mean < 0:
        return _(
            "You answer about {size} steps better than colleagues who looked at the same "
            "({least} to {most})."
        ).format(**said)
    return _(
        "You answer about {size} steps worse than colleagues who looked at the same "
        "({least} to {most})."
    ).format(**said)


def _steps(value: float) -> str:
    return number_format(round(value, 1), 1)


def _told(
    measure: Callable[[Floats], Mapping[str, Estimate]], given: Floats, form: str
) -> Estimate:
    try:
        return measure(given)[form]
    except SignalsError:
        return UNKNOWN
