"""Several charts at once: what to name so that few of what is named is chance."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from daybook.signals.errors import BadParameter

Chart = TypeVar("Chart", bound=Hashable)


def named(people_in_100: Mapping[Chart, float], false_in_100: float = 5.0) -> frozenset[Chart]:
    """Which charts to name, holding the false discovery rate at `false_in_100`.

    `people_in_100`: for each chart, of 100 unchanged people how many climb as high within the
    promised days (`Answer.chance.people`), which is its p value in per cent. Give the channels of
    one person, or the charts of a board. Where nobody changes at all, anything is named in at
    most `false_in_100` of 100 cases, for charts that do not depend on each other or that rise
    together. No charts, none named.

    Source: Benjamini and Hochberg 1995; Benjamini and Yekutieli 2001 for charts that rise
    together. Raises BadParameter.
    """
    if not 0 < false_in_100 < 100:
        raise BadParameter(f"false_in_100 can't be {false_in_100}.")
    for chart, people in people_in_100.items():
        if not 0 <= people <= 100:
            raise BadParameter(f"Of 100 people {people} can't climb as high on {chart!r}.")
    ordered = sorted(people_in_100.values())
    passed = [
        people
        for rank, people in enumerate(ordered, start=1)
        if people <= false_in_100 * rank / len(ordered)
    ]
    if not passed:
        return frozenset()
    return frozenset(chart for chart, people in people_in_100.items() if people <= passed[-1])
