"""The one query that a decision may read. What is not here can't be rested on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from daybook.foundation.access.viewer import Viewer

from ..vocabulary import Behaviour
from .reach import INFORMATION


@dataclass(frozen=True, slots=True)
class Citable:
    """A concern that is lawful, graded, levelled, put into context, weighed, and not faded."""

    key: UUID
    person_id: int
    behaviour: str
    legal_basis: str
    weighed: str
    review_on: date
    ends_on: date


def citable(*, viewer: Viewer, people: Collection[int] | None = None) -> list[Citable]:
    """What a decision about these people, or about anybody the viewer decides for, may rest on.

    The database composes it (``citable.sql``): an unconfirmed concern, a dismissed one and one
    out of the viewer's reach are absent alike.
    """
    viewer.asks(INFORMATION)
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from daybook.citable(%s) order by ends_on, concern",
            [None if people is None else list(people)],
        )
        rows = cursor.fetchall()
    viewer.saw("confirmed information", [person for _key, person, *_rest in rows])
    return [
        Citable(key, person, str(Behaviour(behaviour).label), *rest)
        for key, person, behaviour, *rest in rows
    ]
