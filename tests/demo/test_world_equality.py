"""In the fictional service, too, what people are goes with nothing else: chance alone says it."""

from collections import defaultdict

import numpy as np

from daybook.demo.fill.equality import SAYS_ANYTHING, drawn
from daybook.demo.world import World
from daybook.foundation.equality.vocabulary import characteristics

PEOPLE = list(range(1, 4001))


def said_by(people: list[int]) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for _key, person, asked, said, *_ in drawn(people):
        found[asked][person] = said
    return found


def test_seven_of_ten_say_something_and_every_answer_is_as_likely_as_any_other() -> None:
    found = said_by(PEOPLE)
    anybody = {person for each in found.values() for person in each}
    assert abs(len(anybody) / len(PEOPLE) - SAYS_ANYTHING) < 0.03
    for asked in characteristics():
        counts = [list(found[asked.key].values()).count(group) for group in asked.groups]
        expected = sum(counts) / len(counts)
        chi_square = sum((count - expected) ** 2 / expected for count in counts)
        assert chi_square < 25, asked.key


def test_no_answer_hangs_on_a_name_a_language_or_anything_else_of_the_world(world: World) -> None:
    """Whoever is drawn at one place says the same, whoever they are in the world."""
    somebody = [person.id + 1 for person in world.people]
    turned = somebody[::-1]
    plain = [(row[1], row[2], row[3]) for row in drawn(somebody)]
    other = [(row[1], row[2], row[3]) for row in drawn(turned)]
    swap = dict(zip(somebody, turned, strict=True))
    assert [(swap[person], *rest) for person, *rest in plain] == other


def test_one_answer_tells_nothing_of_another() -> None:
    found = said_by(PEOPLE)
    keys = [each.key for each in characteristics()]
    for at, one in enumerate(keys):
        for other in keys[at + 1 :]:
            both = [(found[one][p], found[other][p]) for p in found[one].keys() & found[other]]
            rows, columns = (sorted(set(words)) for words in zip(*both, strict=True))
            table = np.array([[both.count((r, c)) for c in columns] for r in rows], dtype=float)
            expected = table.sum(1)[:, None] * table.sum(0)[None] / table.sum()
            chi_square = float(((table - expected) ** 2 / expected).sum())
            freedom = (len(rows) - 1) * (len(columns) - 1)
            assert chi_square < freedom + 4.5 * (2 * freedom) ** 0.5, (one, other)
