"""Joint reviews of the demonstration end as the method allows, and in every way there is."""

import numpy as np
import pytest

from daybook.demo.fill.reviews import marked
from daybook.demo.world.joint import EXPLANATIONS, JOINTS, LEAD, OFFICER, PSYCHOLOGIST, Joint
from daybook.understand.reviews.rules.matrix import BLANK, UNKNOWN, Weighed, weigh
from daybook.understand.reviews.vocabulary import STANDING, STEPS, Mark

ENDED = [joint for joint in JOINTS if joint.ended]


def weighed(joint: Joint) -> Weighed:
    """As its three members marked it; what goes back to one voice has one origin."""
    marks = np.full((3, len(joint.items), len(EXPLANATIONS)), BLANK, dtype=np.int8)
    for item, laid in enumerate(joint.items):
        for member in (LEAD, PSYCHOLOGIST, OFFICER):
            if laid.confirms is not None and member == OFFICER:
                continue
            for at, slug in enumerate(EXPLANATIONS):
                marks[member, item, at] = STEPS[Mark(marked(laid, slug, member))]
    voices = [
        f"report {laid.confirms}" if laid.confirms is not None
        else "person" if laid.source == "own-words"
        else laid.told_by or f"member {laid.by}"
        for laid in joint.items
    ]  # fmt: skip
    return weigh(
        marks,
        explanations=EXPLANATIONS,
        origins=[voices.index(voice) for voice in voices],
        stands=[True] * len(voices),
        hidden=[slug == "concealed" for slug in EXPLANATIONS],
        records=["" if laid.confirms is None else "information" for laid in joint.items],
        tests=[
            (item, EXPLANATIONS.index(slug))
            for item, laid in enumerate(joint.items)
            for slug in laid.tests
        ],
    )


@pytest.mark.parametrize("joint", ENDED, ids=[joint.question for joint in ENDED])
def test_closes_as_the_matrix_allows(joint: Joint) -> None:
    assert joint.ended is not None
    assert set(joint.ended.least) <= {*weighed(joint).may_close, UNKNOWN}


def test_each_explanation_is_an_end_for_somebody_and_a_real_change_for_two() -> None:
    ends = [slug for joint in ENDED if joint.ended for slug in joint.ended.least]
    assert set(ends) == {kind.value for kind in STANDING}
    assert ends.count("genuine") == 2


def test_reports_that_are_confirmed_come_from_as_many_officers() -> None:
    """Nothing hidden is closed on one voice."""
    for joint in JOINTS:
        laid = [each.confirms for each in joint.items if each.confirms is not None]
        assert sorted(laid) == list(range(len(joint.reports)))
