"""What people say of themselves: drawn by itself, so that it goes with nothing else in the demo.

No name, language, wing, rating or concern has any part in it. Whoever looks for a pattern in these
figures looks at chance, which is what the fairness page is there to show.
"""

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from daybook.foundation.audit.bulk import add_many
from daybook.foundation.equality.models import Declaration
from daybook.foundation.equality.vocabulary import Way, characteristics
from daybook.foundation.registry.keys import new_key

from .keys import REASON, Filling

SEED = 8_128
SAYS_ANYTHING, SAYS_THIS = 0.7, 0.9
"""How many say something of themselves at all, and how many of those answer one question."""
COLUMNS = ("id", "person_id", "characteristic", "said", "way", "sheet", "declared_at")


def fill(filling: Filling) -> None:
    rows = drawn(filling.people)
    add_many(Declaration, COLUMNS, rows, by=filling.by, reason=REASON, person="person_id")


def drawn(people: list[int]) -> list[tuple[Any, ...]]:
    """Rows for seven of ten, each answer by chance alone and as likely as any other."""
    chance, now = Random(SEED), timezone.now()
    rows: list[tuple[Any, ...]] = []
    for person in people:
        if chance.random() >= SAYS_ANYTHING:
            continue
        sheet, at = new_key(), now - timedelta(days=chance.randrange(35, 180))
        for asked in characteristics():
            if chance.random() < SAYS_THIS:
                said = chance.choice(list(asked.groups))
                rows.append((new_key(), person, asked.key, said, Way.SCREEN.value, sheet, at))
    return rows
