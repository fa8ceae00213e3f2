"""Blind spots that somebody has to look from, and by when."""

from uuid import UUID

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.queries import Owed, agreed_at

from ..vocabulary import Dimension, Group


def source_of(review: UUID, dimension: str, group: str) -> str:
    """Where an action was agreed: one cell of one board."""
    return f"joint-review:{review}:{dimension}:{group}"


def taken_on(review: UUID, person_id: int, *, viewer: Viewer) -> dict[tuple[str, str], Owed]:
    """By cell, the action that is still open, for whoever reads the person's actions."""
    cells = {
        source_of(review, dimension, group): (dimension, group)
        for dimension in Dimension.values
        for group in Group.values
    }
    owed = agreed_at(cells, people=[person_id], viewer=viewer)
    return {cells[each.source]: each for each in owed if each.done_at is None}
