"""How alike assessors answer, for those who train; how one stands, for oneself."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import Http404

from daybook.foundation.access.roles import TRAINING_UNIT
from daybook.foundation.access.viewer import Viewer
from daybook.understand.instruments.definition import Instrument
from daybook.understand.instruments.queries import Offered, offered

from .rules import Agreed, Stand, agreed, share_apart, stand


@dataclass(frozen=True, slots=True)
class Answering:
    """One instrument that two colleagues answer, as a whole."""

    instrument: Instrument
    items: list[Agreed]
    apart: int | None
    """How many assessors in a hundred stand apart from colleagues; None of fewer than ten."""


def how_assessors_agree(*, viewer: Viewer) -> list[Answering]:
    """Each instrument that two answer; 404 for anybody but those who train."""
    if not viewer.holds(TRAINING_UNIT):
        raise Http404
    found = []
    for used in _by_two():
        pairs = _rows("select * from daybook.answered_twice(%s)", used.id)
        stands: defaultdict[int, list[tuple[int, str, str, str]]] = defaultdict(list)
        for assessor, *beside in _rows("select * from daybook.answers_beside(%s)", used.id):
            stands[assessor].append(tuple(beside))
        each = [stand(used.instrument, beside) for beside in stands.values()]
        found.append(
            Answering(
                used.instrument,
                agreed(used.instrument, pairs),
                share_apart(one for one in each if one is not None),
            )
        )
    return found


def my_answers(*, viewer: Viewer) -> list[tuple[Instrument, Stand | None]]:
    """How the viewer answers beside colleagues who looked at the same, instrument by instrument."""
    return [
        (used.instrument, stand(used.instrument, beside))
        for used in _by_two()
        if (beside := _rows("select * from daybook.my_answers_beside(%s)", used.id))
    ]


def _by_two() -> list[Offered]:
    return [each for each in offered() if each.instrument.assessors == 2]


def _rows(question: str, definition: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, [definition])
        return list(cursor.fetchall())
