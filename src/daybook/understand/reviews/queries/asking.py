"""Whom whoever leads a review may ask to take part."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import short_name

from .names import part_words


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works with the person, in the name of one of their roles."""

    key: UUID
    """Of the asking, made with the page: the same one twice is one."""
    staff_id: int
    name: str
    post: str
    part: str
    role: str


def to_be_asked(review: UUID) -> list[Colleague]:
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.asked_to_review(%s)", [review])
        rows = cursor.fetchall()
    return [
        Colleague(new_key(), staff, short_name(given, family), post, part, part_words(part))
        for staff, given, family, post, part in rows
    ]
