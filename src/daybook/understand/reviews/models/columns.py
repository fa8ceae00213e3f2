"""Keys within a joint review: its tables have the columns of any record, and these."""

from typing import Any

from django.db import models

from daybook.foundation.people.columns import at, key, later, person, staff, word, words
from daybook.foundation.terms.columns import OPEN, says

__all__ = ["at", "key", "later", "part_of", "person", "review", "staff", "word", "words"]


def review(**more: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        "reviews.Review",
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Of which joint review.", OPEN),
        **more,
    )


def part_of(table: str, meaning: str, **more: Any) -> "models.ForeignKey[Any, Any]":
    """A key of another table of the review."""
    return models.ForeignKey(
        f"reviews.{table}",
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says(meaning, OPEN),
        **more,
    )
