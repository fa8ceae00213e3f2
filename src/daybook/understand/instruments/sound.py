"""What a definition must hold beyond its shape, before it is loaded.

Asked of what is brought in, not of what was loaded before: answers were given on that, and it is
read as it stands.
"""

import re
from collections.abc import Iterator

from daybook.foundation.access.roles import ROLES

from .definition import ADDED_UP, Instrument

Path = tuple[int | str, ...]
NO_NUMBER = (
    "An instrument declares no total, weight or threshold: items are read one by one, "
    "and nobody’s future is a number. Leave it out."
)
# "Weight", "points" or "rank" mean other things as well: in sentences a number goes with them.
COUNTS = re.compile(
    r"\b(?:scor(?:es?|ed|ing)|(?:sub-?)?totals?|cut-?offs?|thresholds?|percent(?:age|ile)?s?)\b"
    r"|\bper cent\b|[%‰٪]"
    r"|\bsums? of\b|\badd(?:ed|ing)? (?:up|the answers)\b|\bweight(?:ed|ing)\b|\branking\b"
    r"|\d\s*points?\b|\b(?:weight|rank|band)s?:?\s*\d",
    re.IGNORECASE,
)


def unsound(instrument: Instrument) -> Iterator[tuple[Path, str]]:
    """Each thing that is wrong: the way to it, and why."""
    yield from _uses(instrument)
    yield from _ladders(instrument)
    yield from _counting(instrument)


def _uses(instrument: Instrument) -> Iterator[tuple[Path, str]]:
    for number, role in enumerate(instrument.uses.roles):
        if role not in ROLES:
            known = ", ".join(ROLES)
            yield ("uses", "roles", number), f"There is no role “{role}”. Choose of: {known}."
    if instrument.referenced and not instrument.specialist:
        yield (
            ("specialist",),
            "A tool that is only referenced stands beside a general assessment: add "
            "“specialist: true”.",
        )
    if instrument.referenced and not instrument.uses.competences:
        yield (
            ("uses", "competences"),
            "Say which training a tool that is only referenced asks of whoever uses it.",
        )


def _ladders(instrument: Instrument) -> Iterator[tuple[Path, str]]:
    for d, domain in enumerate(instrument.domains):
        for i, item in enumerate(domain.items):
            if sum(not answer.apart for answer in item.answers) < 2:
                yield (
                    ("domains", d, "items", i, "answers"),
                    "Two answers at least stand in order: nothing could become better or worse "
                    "by this item.",
                )


def _counting(instrument: Instrument) -> Iterator[tuple[Path, str]]:
    """Totals that come as an item, an answer or a domain."""
    for path, key, sentences in _said(instrument):
        if set(key.split("-")) & set(ADDED_UP):
            yield (*path, "key"), NO_NUMBER
        for name, sentence in sentences.items():
            if COUNTS.search(sentence):
                yield (*path, name), NO_NUMBER


def _said(instrument: Instrument) -> Iterator[tuple[Path, str, dict[str, str]]]:
    for d, domain in enumerate(instrument.domains):
        in_domain: Path = ("domains", d)
        yield in_domain, domain.key, {"name": domain.name}
        for i, item in enumerate(domain.items):
            in_item: Path = (*in_domain, "items", i)
            yield in_item, item.key, {"asks": item.asks, "help": item.help}
            for a, answer in enumerate(item.answers):
                yield (
                    (*in_item, "answers", a),
                    answer.key,
                    {"label": answer.label, "anchor": answer.anchor},
                )
