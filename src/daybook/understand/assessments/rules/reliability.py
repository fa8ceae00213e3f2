"""How alike colleagues answer, from what two of them answered apart of the same person."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from django.utils.translation import gettext as _

from daybook.signals.agreement.icc import icc
from daybook.signals.columns import Floats
from daybook.understand.instruments.definition import Instrument, Item

from .change import Reliability

Pair = tuple[str, str, str, int]
"""An item, the answer on the sheet given first, the other one, and how often."""


def steps(item: Item, pairs: Iterable[tuple[str, str, int]]) -> Floats:
    """Pairs (n, 2) as places in the order; those with an answer apart are left out."""
    found = []
    for first, second, times in pairs:
        one, other = item.step(first), item.step(second)
        if one is not None and other is not None:
            found += [(one, other)] * times
    return np.asarray(found, dtype=np.float64).reshape(-1, 2)


def by_item(pairs: Iterable[Pair]) -> dict[str, list[tuple[str, str, int]]]:
    found: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for item, first, second, times in pairs:
        found[item].append((first, second, times))
    return dict(found)


def from_pairs(instrument: Instrument, pairs: Iterable[Pair]) -> dict[str, Reliability]:
    """The reliability of each item as it is used in this service: ICC(A,1), and the spread over
    people, in steps. Nothing where people hardly differ, or two colleagues hardly agree."""
    found = {}
    for key, theirs in by_item(pairs).items():
        item = instrument.item(key)
        given = steps(item, theirs) if item else np.empty((0, 2))
        if len(given) < 10 or given.min() == given.max():
            continue
        value = icc(given)["ICC(A,1)"].value
        if value is not None and 0 < value < 1:
            source = _("as {n} pairs of colleagues answered it here").format(n=len(given))
            found[key] = Reliability(value, float(given.std(ddof=1)), source)
    return found
