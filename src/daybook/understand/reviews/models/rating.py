"""What each member made of each item alone, and what the team said where they differed."""

from django.db import models
from django.db.models import Q

from daybook.foundation.terms.columns import INTIMATE, says

from . import columns


class MemberMarks(models.Model):
    """How one item sits with each explanation, says one member. Nobody else reads it before the
    matrix opens, in pages or in SQL."""

    id = columns.key()
    review = columns.review()
    person = columns.person()
    member = columns.part_of("Member", "Whose marks they are.")
    evidence = columns.part_of("Evidence", "Of which item.")
    marks = models.JSONField(
        default=dict,
        db_comment=says("By slug of the explanation, one of four words each.", INTIMATE),
    )
    written_at = columns.at("When they were last saved.")

    class Meta:
        db_table_comment = says("Marks given alone and blind, until the matrix opens.", INTIMATE)
        constraints = [
            models.UniqueConstraint(fields=["member", "evidence"], name="reviews_membermarks_once")
        ]
        indexes = [models.Index(fields=["review"], name="reviews_membermarks_in")]


class Note(models.Model):
    """What the team says to a place where its members differ."""

    id = columns.key()
    review = columns.review()
    person = columns.person()
    evidence = columns.part_of("Evidence", "Of which item.")
    hypothesis = columns.part_of("Hypothesis", "With which explanation.")
    words = columns.words("What was said.", 1000)
    written_by = columns.staff("Who wrote it down.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("What a team said where its members differed.", INTIMATE)
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="reviews_note_says_something")
        ]
        indexes = [models.Index(fields=["review"], name="reviews_note_in")]
