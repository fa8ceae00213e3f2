"""What a member rates alone, a page at a time, with the marks they have kept so far."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from daybook.foundation.access.scope import as_author
from daybook.foundation.access.viewer import Viewer

from .items import Item, as_items, standing
from .paging import Page, paged
from .review import ReviewFile

ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class ToRate:
    item: Item
    said: Mapping[str, str]
    """By slug of the explanation, the word that was kept."""


@dataclass(frozen=True, slots=True)
class Rating:
    page: Page[ToRate]
    marked: int
    """Items on which something was marked so far, by the viewer."""


def to_rate(file: ReviewFile, *, viewer: Viewer, at: str) -> Rating:
    """A page of the evidence in one order for everybody, with the viewer’s own marks alone."""
    rows = standing(file.key).order_by("dimension", "written_at", "id")
    page = paged(rows, ON_A_PAGE, at)
    items = as_items(page.rows, file.key, viewer=viewer)
    said, marked = _mine(file, [item.key for item in items], viewer)
    return Rating(page.of([ToRate(item, said.get(item.key, {})) for item in items]), marked)


def _mine(
    file: ReviewFile, keys: list[UUID], viewer: Viewer
) -> tuple[dict[UUID, dict[str, str]], int]:
    mine: Any = file.mine
    with as_author(viewer), connection.cursor() as cursor:
        cursor.execute(
            "select evidence_id, marks from reviews_membermarks"
            " where member_id = %s and evidence_id = any(%s)",
            [mine.key, keys],
        )
        said = {item: json.loads(marks) for item, marks in cursor.fetchall()}
        cursor.execute(
            "select count(*) from reviews_membermarks where member_id = %s and marks <> '{}'",
            [mine.key],
        )
        return said, int(cursor.fetchone()[0])
