"""Columns that most tables of a joint review have."""

from typing import Any

from django.db import models

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, says


def key() -> "models.UUIDField[Any, Any]":
    return models.UUIDField(
        primary_key=True, default=new_key, db_comment=says("Key, made with the form.", OPEN)
    )


def person() -> "models.ForeignKey[Person, Person]":
    return models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Whom the review is about.", PERSONAL),
    )


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


def staff(meaning: str, **more: Any) -> "models.ForeignKey[Staff, Staff]":
    return models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says(meaning, STAFF), **more
    )


def at(meaning: str, **more: Any) -> "models.DateTimeField[Any, Any]":
    return models.DateTimeField(db_comment=says(meaning, INTIMATE), **more)


def later(meaning: str) -> "models.DateTimeField[Any, Any]":
    """A moment that hasn't come when the row is written."""
    return at(meaning, null=True, blank=True)


def words(meaning: str, longest: int, **more: Any) -> "models.CharField[Any, Any]":
    return models.CharField(max_length=longest, db_comment=says(meaning, INTIMATE), **more)


def word(meaning: str, choices: Any, **more: Any) -> "models.CharField[Any, Any]":
    return models.CharField(
        max_length=16, choices=choices.choices, db_comment=says(meaning, INTIMATE), **more
    )
