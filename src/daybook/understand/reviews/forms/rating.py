"""The marks of one page, as a browser sends them: one radio group a cell."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from ..vocabulary import Mark


def name_of(item: UUID, slug: str) -> str:
    """The name of one cell’s radio group."""
    return f"{item.hex}.{slug}"


def marks_sent(
    sent: Mapping[str, str], items: Iterable[UUID], slugs: Iterable[str]
) -> dict[UUID, dict[str, str]]:
    """By item, the words that were chosen; what is none of the four is taken for no mark."""
    wanted = list(slugs)
    return {
        item: {
            slug: word
            for slug in wanted
            if (word := sent.get(name_of(item, slug), "")) in Mark.values
        }
        for item in items
    }
