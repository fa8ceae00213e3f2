"""Fills a fragment for one person, and keeps each text once."""

import numpy as np

from daybook.demo.world.chance import pick, pick_some, stream
from daybook.demo.world.events import KIN
from daybook.demo.world.shapes import Person
from daybook.demo.world.words_seen import INTERESTS, TOPICS

_PRONOUNS = {
    "he": ("he", "him", "his"),
    "she": ("she", "her", "her"),
    "they": ("they", "them", "their"),
}


class Voice:
    """One person's slots.

    {sub} {obj} {pos} and {sub_cap} {pos_cap}: the pronoun; {s} {es} {has} after
    it: the verb's ending; {kin}: somebody outside; {interest} {interest_cap}:
    what the person likes; {topic}: small talk, new each time.
    """

    def __init__(self, person: Person, kin: tuple[str, str], interests: tuple[str, ...]) -> None:
        sub, obj, pos = _PRONOUNS[person.pronoun]
        many = person.pronoun == "they"
        self.kin = kin
        self.interests = interests
        self.slots = {
            "sub": sub,
            "obj": obj,
            "pos": pos,
            "sub_cap": sub.capitalize(),
            "pos_cap": pos.capitalize(),
            "s": "" if many else "s",
            "es": "" if many else "es",
            "has": "have" if many else "has",
        }

    def say(self, rng: np.random.Generator, fragment: str) -> str:
        if "{" not in fragment:
            return fragment
        slots = self.slots
        slots["kin"] = self.kin[int(rng.random() < 0.3)]
        slots["interest"] = pick(rng, self.interests)
        slots["interest_cap"] = slots["interest"][0].upper() + slots["interest"][1:]
        if "{topic}" in fragment:
            slots["topic"] = pick(rng, TOPICS).format_map(slots)
        return fragment.format_map(slots)


def kin_of(seed: int, people: int) -> tuple[tuple[str, str], ...]:
    """Two people outside who matter to each."""
    rng = stream(seed, "kin")
    return tuple((pick(rng, KIN[:9]), pick(rng, KIN)) for _ in range(people))


def voices(
    seed: int, people: tuple[Person, ...], kin: tuple[tuple[str, str], ...]
) -> tuple[Voice, ...]:
    rng = stream(seed, "interests")
    return tuple(
        Voice(person, near, pick_some(rng, INTERESTS, 2))
        for person, near in zip(people, kin, strict=True)
    )


class TextPool:
    """Texts by number; number 0 is the empty text."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {"": 0}

    def number(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))

    def texts(self) -> tuple[str, ...]:
        return tuple(self.numbers)
