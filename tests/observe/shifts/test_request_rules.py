"""What may become of a request, walked at random, and what each step must say."""

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from daybook.observe.shifts.rules.requests import (
    ANSWERS,
    ENDS,
    PROMISES,
    TO_BE_TOLD,
    ended,
    possible_steps,
    standing,
    step_problems,
)
from daybook.observe.shifts.vocabulary import Step

TODAY = date(2026, 3, 12)


class Request(RuleBasedStateMachine):
    """A request on which colleagues try one step after the other, sensible or not."""

    def __init__(self):
        super().__init__()
        self.taken = []

    @rule(step=st.sampled_from(Step))
    def somebody_tries(self, step):
        if step in possible_steps(self.taken):
            self.taken.append(step)

    @rule(data=st.data())
    def somebody_does_what_is_offered(self, data):
        # Not a precondition: a walk that may take no other step would end in nothing but itself.
        if offered := possible_steps(self.taken):
            self.taken.append(data.draw(st.sampled_from(offered)))

    @invariant()
    def it_is_answered_once_at_most(self):
        assert sum(step in ANSWERS for step in self.taken) <= 1

    @invariant()
    def the_first_promise_comes_before_it_is_handed_on(self):
        promises = [step for step in self.taken if step in PROMISES]
        assert promises[:1] in ([], [Step.PROMISED])
        assert Step.PROMISED not in promises[1:]

    @invariant()
    def only_a_no_is_told_and_it_is_open_until_then(self):
        if Step.TOLD in self.taken:
            assert self.taken[-2] in TO_BE_TOLD
        if self.taken and self.taken[-1] in TO_BE_TOLD:
            assert possible_steps(self.taken) == (Step.TOLD,)

    @invariant()
    def it_has_ended_exactly_when_nothing_may_follow(self):
        assert ended(self.taken) == (not possible_steps(self.taken))
        assert not set(self.taken[:-1]) & ENDS

    @invariant()
    def it_can_always_be_said_where_it_stands(self):
        assert standing(self.taken, promised_by="A. Novak", when="due today", why="No room.")


TestRequest = Request.TestCase


@pytest.mark.parametrize("kind", sorted(PROMISES))
def test_a_promise_says_who_and_by_when(kind):
    missing = step_problems(kind, promised_by=None, due_on=None, words="", today=TODAY)
    assert missing.keys() == {"promised_by", "due_on"}
    past = TODAY - timedelta(days=1)
    assert step_problems(kind, promised_by=1, due_on=past, words="", today=TODAY) == {
        "due_on": "Choose today or a later day."
    }
    assert not step_problems(kind, promised_by=1, due_on=TODAY, words="", today=TODAY)


@pytest.mark.parametrize("kind", sorted(TO_BE_TOLD))
def test_a_no_says_why(kind):
    assert step_problems(kind, promised_by=None, due_on=None, words=" ", today=TODAY).keys() == {
        "words"
    }


def test_where_it_stands_is_one_plain_line():
    said = {"promised_by": "A. Novak", "when": "due today", "why": "no line is free"}
    assert standing([], **said) == "Nobody has promised anything yet"
    assert standing([Step.PROMISED], **said) == "A. Novak promised, due today"
    assert standing([Step.PROMISED, Step.KEPT], **said) == "Promise kept"
    assert standing([Step.KEPT], **said) == "Done"
    assert standing([Step.NO], **said) == "The answer is no: no line is free. Not told yet."
    assert standing([Step.CANNOT, Step.TOLD], **said) == "It can’t be done: no line is free."
