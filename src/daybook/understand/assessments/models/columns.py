"""Columns that most tables of assessments have."""

from typing import Any

from django.db import models

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, says


def key() -> "models.UUIDField[Any, Any]":
    return models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))


def person() -> "models.ForeignKey[Person, Person]":
    return models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Whom it is about.", PERSONAL),
    )


def staff(meaning: str, **more: Any) -> "models.ForeignKey[Staff, Staff]":
    return models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says(meaning, STAFF), **more
    )


def at(meaning: str, **more: Any) -> "models.DateTimeField[Any, Any]":
    return models.DateTimeField(db_comment=says(meaning, INTIMATE), **more)


def words(meaning: str, longest: int, **more: Any) -> "models.CharField[Any, Any]":
    return models.CharField(max_length=longest, db_comment=says(meaning, INTIMATE), **more)


def word(meaning: str, choices: Any, **more: Any) -> "models.CharField[Any, Any]":
    return models.CharField(
        max_length=24, choices=choices.choices, db_comment=says(meaning, INTIMATE), **more
    )
