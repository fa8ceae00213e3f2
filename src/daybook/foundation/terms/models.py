"""The shared glossary: how staff say it, and how it is said with the person."""

from django.db import models

from .columns import OPEN, Row, says


class Term(Row):
    key = models.SlugField(unique=True, db_comment=says("Short name.", OPEN))
    staff_words = models.CharField(max_length=120, db_comment=says("How staff say it.", OPEN))
    person_words = models.CharField(
        max_length=200, db_comment=says("How it is said with the person.", OPEN)
    )
    meaning = models.TextField(db_comment=says("What it means, in one or two sentences.", OPEN))

    class Meta:
        db_table_comment = says("Glossary shared by all who work together.", OPEN)
        ordering = ["staff_words"]

    def __str__(self) -> str:
        return self.staff_words
