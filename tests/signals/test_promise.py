"""Do alarms come as rarely as told where nobody changes, and are changes found?"""

from dataclasses import replace

import numpy as np
import pytest

from daybook.signals import change
from daybook.signals.simulate import Service, simulate

UNCHANGED = Service()


pytestmark = pytest.mark.slow


def alarmed(service, seeds):
    found = [change(simulate(service, seed).ratings) for seed in seeds]
    return np.mean([bool(a.alarms) for f in found for a in f.answers.values()])


def test_of_unchanged_people_few_are_named_in_120_days():
    assert alarmed(UNCHANGED, range(4)) <= 0.08


def test_a_shared_shift_of_the_wing_names_no_more():
    assert alarmed(replace(UNCHANGED, wing_shift=1.0), range(2)) <= 0.09


@pytest.mark.parametrize("raters_a_day", [1, 2])
def test_most_changes_of_one_point_are_found_within_thirty_days(raters_a_day):
    service = replace(UNCHANGED, changed=0.2, raters_a_day=raters_a_day)
    hits = []
    for seed in range(2):
        simulated = simulate(service, seed)
        found = change(simulated.ratings)
        for person in np.flatnonzero(simulated.shift):
            hits.append(
                any(
                    0 <= alarm.day - service.change_day < 30
                    and alarm.direction == np.sign(simulated.shift[person])
                    for alarm in found.answers[person].alarms
                )
            )
    assert np.mean(hits) >= 0.65
