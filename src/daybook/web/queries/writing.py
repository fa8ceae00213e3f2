"""Words in what was written, about people in reach, in the kinds of record one reads."""

from dataclasses import dataclass
from datetime import datetime

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_with, search_words
from daybook.foundation.registry.providers import written

MOST = 30
AROUND = 70
"""Letters shown on each side of the first word that was found."""


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One record in which the words stand, and a few words around them."""

    person: PersonLine
    at: datetime
    kind: str
    said: str


def reads_writing(viewer: Viewer) -> bool:
    """Whether there is anything written that the viewer may look through."""
    return any(viewer.may(Right.READ, kind) for kind in (Compartment.WING, Compartment.SAFETY))


def found_in_writing(words: str, *, viewer: Viewer) -> list[WrittenLine]:
    """The newest thirty, from every room that offers its words."""
    wanted = search_words(words)
    found = [each for look in written for each in look(viewer=viewer, words=wanted, limit=MOST)]
    found.sort(key=lambda each: each.at, reverse=True)
    people = people_with({each.person_id for each in found[:MOST]}, viewer=viewer) if found else {}
    viewer.saw("words looked for", list(people))
    return [
        WrittenLine(people[each.person_id], each.at, each.kind, _around(each.said, wanted))
        for each in found[:MOST]
        if each.person_id in people
    ]


def _around(said: tuple[str, ...], wanted: list[str]) -> str:
    """The first place where one of the words stands, with what is around it."""
    for text in said:
        at = 0
        for piece in text.split():
            at = text.index(piece, at)
            if any(had.startswith(word) for had in search_words(piece) for word in wanted):
                begin, end = max(0, at - AROUND), at + AROUND
                before, after = "…" if begin else "", "…" if end < len(text) else ""
                return f"{before}{text[begin:end].strip()}{after}"
    return ""
