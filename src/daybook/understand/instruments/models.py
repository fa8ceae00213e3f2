"""Definitions as they were loaded. What was answered keeps the version it was answered on."""

from django.db import models

from daybook.foundation.terms.columns import OPEN, Row, says


class Definition(Row):
    """One version of one instrument. It never changes; a newer version stands beside it."""

    key = models.CharField(max_length=40, db_comment=says("Which instrument.", OPEN))
    version = models.CharField(max_length=20, db_comment=says("Which version of it.", OPEN))
    name = models.CharField(max_length=200, db_comment=says("What it is called.", OPEN))
    protocol = models.CharField(
        max_length=12, db_comment=says("Light, full, a screen, or only referenced.", OPEN)
    )
    specialist = models.BooleanField(
        db_comment=says("Used beside a general assessment, never instead.", OPEN)
    )
    whole = models.JSONField(db_comment=says("The definition, as it was read.", OPEN))
    loaded_at = models.DateTimeField(db_comment=says("When it was loaded.", OPEN))
    retired_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("From when it is offered no more.", OPEN)
    )

    class Meta:
        db_table_comment = says("Instruments of assessment, version by version.", OPEN)
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], name="instruments_definition_version_once"
            )
        ]
