"""Every column says what it holds and how sensitive it is; a test reads it from the database."""

import enum
from typing import Any

from django.db import models


class Sensitivity(enum.Enum):
    """How much harm a leak of the column would do."""

    OPEN = "open"
    """Tells nothing of anyone."""
    STAFF = "staff"
    """Tells something of a member of staff."""
    PERSONAL = "personal"
    """Tells who somebody in custody is, or where."""
    INTIMATE = "intimate"
    """Tells how somebody in custody is, what they said, or what staff make of it."""
    SECRET = "secret"
    """Opens a door: a password, a key, a source."""


def says(meaning: str, sensitivity: Sensitivity) -> str:
    """The comment of a column: its meaning, then its sensitivity in brackets."""
    return f"{meaning} [{sensitivity.value}]"


OPEN = Sensitivity.OPEN
STAFF = Sensitivity.STAFF
PERSONAL = Sensitivity.PERSONAL
INTIMATE = Sensitivity.INTIMATE
SECRET = Sensitivity.SECRET


class Row(models.Model):
    """A table with a plain counted key."""

    id = models.BigAutoField(primary_key=True, db_comment=says("Key of the row.", OPEN))

    class Meta:
        abstract = True


def one_of(field: str, choices: Any, *, table: str) -> models.CheckConstraint:
    """The database, too, holds a column to its vocabulary."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": list(choices.values)}),
        name=f"{table}_{field}_known",
    )
