"""The promise of the charts over full counts: 12 simulated services a condition.

`make thorough` runs it and writes ``bench/results/promise.md``.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from daybook.signals import change
from daybook.signals.simulate import Service, simulate

pytestmark = [pytest.mark.thorough, pytest.mark.timeout(1800)]

SEEDS = range(12)
BASE = Service()
PAGE = Path(__file__).parents[2] / "bench" / "results" / "promise.md"


@dataclass(frozen=True)
class Condition:
    words: str
    service: Service
    named_at_most: float
    found_at_least: float = 0.0


HARD = replace(BASE, drift=0.05, share=0.97)
CONDITIONS = [
    Condition("two raters a day, nobody changes", BASE, 7),
    Condition("one rater a day, nobody changes", replace(BASE, raters_a_day=1), 7),
    Condition("20 % change, two raters a day", replace(BASE, changed=0.2), 7, 84),
    Condition("20 % change, one rater a day", replace(BASE, changed=0.2, raters_a_day=1), 7, 70),
    Condition("every other wing moves by 1.0", replace(BASE, wing_shift=1.0), 7),
    Condition("autocorrelation 0.6", replace(BASE, autocorrelation=0.6), 7.5),
    Condition("two raters a wing, one a day", replace(BASE, raters=2, raters_a_day=1), 7),
    Condition("40 % of days missing", replace(BASE, missing=0.4), 7),
    Condition("drift 0.05 a day, own officer on 97 % of days", HARD, 7.5),
    Condition("… and 20 % change", replace(HARD, changed=0.2), 7.5, 60),
    # Known to fall short: a ceiling hides half of the noise, and the limit expects it.
    Condition("usual near the ceiling (4.5 of 5)", replace(BASE, usual=4.5), 10),
]


@pytest.fixture(scope="module")
def table():
    rows = []
    yield rows
    PAGE.parent.mkdir(exist_ok=True)
    people = len(SEEDS) * BASE.wings * BASE.people
    PAGE.write_text(
        f"# How often the charts name people, told 5 % in 120 days\n\n"
        f"`make thorough`, {people:,} simulated people a row; found: within 30 days of a lasting "
        "change of one step.\n\n| condition | named without change % | found % |\n|---|---|---|\n"
        + "".join(f"| {words} | {named:.1f} | {found} |\n" for words, named, found in rows),
        encoding="utf-8",
    )


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.words)
def test_the_promise(condition, table):
    named, found = [], []
    for seed in SEEDS:
        simulated = simulate(condition.service, seed)
        answers = change(simulated.ratings).answers
        for person, shift in enumerate(simulated.shift):
            alarms = answers[person].alarms if person in answers else ()
            if not shift:
                named.append(bool(alarms))
            else:
                found.append(
                    any(
                        0 <= alarm.day - condition.service.change_day < 30
                        and alarm.direction == np.sign(shift)
                        for alarm in alarms
                    )
                )
    share = 100 * float(np.mean(found)) if found else None
    table.append(
        (condition.words, 100 * float(np.mean(named)), "" if share is None else f"{share:.0f}")
    )
    assert 100 * np.mean(named) <= condition.named_at_most
    assert share is None or share >= condition.found_at_least
