"""What people say of themselves. No role, no query and no page of Daybook reads a row of it."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.terms.columns import INTIMATE, OPEN, SECRET, one_of, says

from .vocabulary import Way


class Declaration(models.Model):
    """One word that somebody said of themself. Taken back, the word is gone from the row."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Who said it of themself.", SECRET),
    )
    characteristic = models.CharField(
        max_length=16, db_comment=says("What was asked, by its key.", INTIMATE)
    )
    said = models.CharField(
        max_length=16,
        blank=True,
        db_comment=says("What they said, by its key; empty once taken back.", SECRET),
    )
    way = models.CharField(max_length=8, choices=Way.choices, db_comment=says("How it came.", OPEN))
    sheet = models.UUIDField(db_comment=says("With which answers it came.", OPEN))
    declared_at = models.DateTimeField(db_comment=says("When they said it.", INTIMATE))
    withdrawn_at = models.DateTimeField(
        null=True,
        blank=True,
        db_comment=says("When they took it back, or said something else.", INTIMATE),
    )

    class Meta:
        db_table_comment = says("What people say of themselves, of their own accord.", SECRET)
        verbose_name = "what somebody says of themself"
        constraints = [
            one_of("way", Way, table="equality_declaration"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) & ~Q(said="")
                | Q(withdrawn_at__isnull=False, said=""),
                name="equality_declaration_gone_once_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("declared_at")),
                name="equality_declaration_taken_back_later",
            ),
            models.UniqueConstraint(
                fields=["person", "characteristic"],
                condition=Q(withdrawn_at__isnull=True),
                name="equality_declaration_one_holds",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="equality_declaration_of")]
