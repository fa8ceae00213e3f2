"""The board of one review, a cell of it, and what nobody has seen yet."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.queries import Owed

from ..rules.board import Board, board
from ..vocabulary import Dimension, Group
from .items import (
    Item,
    as_item,
    as_items,
    ended_in,
    in_groups,
    origin_numbers,
    sources_in,
    standing,
)
from .paging import Page, paged

IN_A_CELL = 2
"""Items that a cell of the board shows; the others stand behind it."""
ON_A_PAGE = 25


def board_of(
    review: UUID, *, viewer: Viewer, taken: Mapping[tuple[str, str], Owed] | None = None
) -> Board:
    """Every cell with its newest items: four questions, however much lies on the board. Items whose
    record has ended are shown, and count no more."""
    rows = in_groups(standing(review))
    numbers, ended = origin_numbers(review), set(ended_in(review))
    stands = ~Q(id__in=ended)
    counts = {
        (dimension, group): (count, origins, lie - count)
        for dimension, group, lie, count, origins in rows.values_list(
            "dimension", "group"
        ).annotate(
            Count("id"), stand=Count("id", filter=stands),
            origins=Count("origin", distinct=True, filter=stands),
        ).order_by()
    }  # fmt: skip
    newest = rows.annotate(
        place=Window(
            RowNumber(),
            partition_by=[F("dimension"), F("group")],
            order_by=[F("seen_on").desc(nulls_last=True), F("written_at").desc(), F("id").desc()],
        )
    ).filter(place__lte=IN_A_CELL)
    shown = defaultdict[tuple[str, str], tuple[Item, ...]](tuple)
    for row in newest.order_by("place"):
        item = as_item(row, numbers, ended, viewer)
        shown[item.dimension, item.group] += (item,)
    return board(counts, shown, taken or {})


def cell_of(review: UUID, dimension: str, group: str, *, viewer: Viewer, at: str) -> Page[Item]:
    """All items of one cell, the newest first; 404 for a cell that no board has."""
    if dimension not in Dimension.values or group not in Group.values:
        raise Http404
    rows = standing(review).filter(dimension=dimension, source__in=sources_in(group))
    page = paged(
        rows.order_by(F("seen_on").desc(nulls_last=True), "-written_at", "id"), ON_A_PAGE, at
    )
    return page.of(as_items(page.rows, review, viewer=viewer))


def how_many(review: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from reviews_evidence where review_id = %s and struck_at is null",
            [review],
        )
        return int(cursor.fetchone()[0])
