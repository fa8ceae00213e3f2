"""Columns that most tables about somebody have, so that each says the same in the same way."""

from typing import Any

from django.db import models

from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, says

from .models import Person


def key(meaning: str = "Key.") -> "models.UUIDField[Any, Any]":
    return models.UUIDField(primary_key=True, default=new_key, db_comment=says(meaning, OPEN))


def person(meaning: str = "Whom it is about.") -> "models.ForeignKey[Person, Person]":
    return models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_comment=says(meaning, PERSONAL)
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


def word(
    meaning: str, choices: Any, *, longest: int = 16, **more: Any
) -> "models.CharField[Any, Any]":
    """One of a few words."""
    return models.CharField(
        max_length=longest, choices=choices.choices, db_comment=says(meaning, INTIMATE), **more
    )
