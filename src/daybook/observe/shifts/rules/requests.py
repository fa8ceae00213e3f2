"""What may become of a request: promised, handed on, kept or answered, and told."""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from daybook.foundation.duties.rules import due_day_problem

from ..vocabulary import Step

PROMISES = frozenset({Step.PROMISED, Step.HANDED_ON})
ANSWERS = frozenset({Step.KEPT, Step.NO, Step.CANNOT})
TO_BE_TOLD = frozenset({Step.NO, Step.CANNOT})
ENDS = frozenset({Step.KEPT, Step.TOLD})
"""After these, nothing is open: a promise kept speaks for itself, any other answer is told."""


def possible_steps(taken: Collection[Step | str]) -> tuple[Step, ...]:
    """What may follow upon the steps taken so far, in the order it is offered."""
    done = set(taken)
    if done & ENDS:
        return ()
    if done & TO_BE_TOLD:
        return (Step.TOLD,)
    promise = Step.HANDED_ON if done & PROMISES else Step.PROMISED
    return (Step.KEPT, promise, Step.NO, Step.CANNOT)


def ended(taken: Collection[Step | str]) -> bool:
    return bool(set(taken) & ENDS)


def step_problems(
    kind: Step, *, promised_by: int | None, due_on: date | None, words: str, today: date
) -> dict[str, str]:
    """What is missing of a step, by field; nothing where all is said."""
    problems = {}
    if kind in PROMISES:
        if promised_by is None:
            problems["promised_by"] = _("Choose who will do it.")
        if due_on is None:
            problems["due_on"] = _("Choose the day by which it will be done.")
        elif problem := due_day_problem(due_on, today):
            problems["due_on"] = problem
    if kind in TO_BE_TOLD and not words.strip():
        problems["words"] = _("Say why, in words the person can be told.")
    return problems


def standing(
    taken: Sequence[Step | str], *, promised_by: str = "", when: str = "", why: str = ""
) -> str:
    """Where a request stands, in one line; ``when`` is how the day of the promise is said."""
    done = set(taken)
    if Step.KEPT in done:
        return _("Promise kept") if done & PROMISES else _("Done")
    answer = _("The answer is no") if Step.NO in done else _("It can’t be done")
    if done & TO_BE_TOLD:
        told = "" if Step.TOLD in done else _("Not told yet.")
        return " ".join(filter(None, [f"{answer}: {_sentence(why)}", told]))
    if done & PROMISES:
        return _("%(who)s promised, %(when)s") % {"who": promised_by, "when": when}
    return _("Nobody has promised anything yet")


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
