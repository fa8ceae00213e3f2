"""Words for keys: explanations and parts as pages call them."""

from ..models import Hypothesis
from ..vocabulary import MEANING, PARTS, Explanation


def explanation_words(row: Hypothesis) -> str:
    """“A real change”; or the team’s own words."""
    return row.words or str(Explanation(row.kind).label)


def explanation_meaning(kind: str) -> str:
    return str(MEANING.get(Explanation(kind), ""))


def part_words(part: str) -> str:
    return str(PARTS.get(part, part))
