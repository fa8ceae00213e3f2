"""One assessment of one person on one version of an instrument, from its opening to its close."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.columns import at, key, person, staff, words
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, one_of, says
from daybook.understand.instruments.models import Definition

from ..vocabulary import Because, Purpose


class Assessment(models.Model):
    """Its sheets are filled in apart; once all are signed it opens to those who read casework."""

    id = key()
    person = person()
    definition = models.ForeignKey(
        Definition,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("On which version of which instrument.", OPEN),
    )
    purpose = models.CharField(
        max_length=12, choices=Purpose.choices, db_comment=says("What for.", INTIMATE)
    )
    because = models.CharField(
        max_length=24, choices=Because.choices, db_comment=says("Why now.", INTIMATE)
    )
    beside = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        # It may be erased before what stands beside it.
        db_constraint=False,
        db_comment=says("The general assessment a specialist one stands beside.", PERSONAL),
    )
    opened_by = staff("Who opened it.")
    opened_at = at("When it was opened.")
    signed_at = at("When the last sheet was signed, and all may be read.", null=True, blank=True)
    closed_at = at("When it was closed.", null=True, blank=True)
    dropped_at = at("When it was given up before it was closed.", null=True, blank=True)
    dropped_by = staff("Who gave it up.", null=True, blank=True)
    dropped_because = words("Why it was given up.", 300, blank=True)

    class Meta:
        db_table_comment = says("Structured assessments.", INTIMATE)
        constraints = [
            one_of("purpose", Purpose, table="assessments_assessment"),
            one_of("because", Because, table="assessments_assessment"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(signed_at__isnull=False, dropped_at__isnull=True),
                name="assessments_assessment_signed_before_it_closed",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True, dropped_because="")
                | (Q(dropped_at__isnull=False, dropped_by__isnull=False) & ~Q(dropped_because="")),
                name="assessments_assessment_given_up_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(beside__isnull=True) | ~Q(beside=F("id")),
                name="assessments_assessment_beside_another",
            ),
        ]
        indexes = [models.Index(fields=["person", "-opened_at"], name="assessments_assessment_of")]
