"""Trust given and kept, and what somebody is good at: first-class, never an afterthought."""

from django.db import models
from django.db.models import Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, says

from .strikes import Strikable


class TrustStep(Strikable):
    """An opportunity to be trusted: offered, then taken or not, then kept or not."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="trust_steps",
        db_comment=says("To whom.", PERSONAL),
    )
    what = models.CharField(max_length=300, db_comment=says("What was entrusted.", INTIMATE))
    offered_on = models.DateField(db_comment=says("When it was offered.", PERSONAL))
    offered_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    taken_on = models.DateField(
        null=True, blank=True, db_comment=says("When it was taken up.", INTIMATE)
    )
    declined_on = models.DateField(
        null=True, blank=True, db_comment=says("When it was declined: never a mark.", INTIMATE)
    )
    kept_on = models.DateField(
        null=True, blank=True, db_comment=says("When it was seen to be kept.", INTIMATE)
    )
    note = models.CharField(max_length=500, blank=True, db_comment=says("How it went.", INTIMATE))

    class Meta:
        db_table_comment = says("Trust opportunities offered, taken, kept.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_on__isnull=True) | Q(declined_on__isnull=True),
                name="reflections_truststep_taken_or_declined",
            ),
            models.CheckConstraint(
                condition=Q(kept_on__isnull=True) | Q(taken_on__isnull=False),
                name="reflections_truststep_kept_was_taken",
            ),
        ]
        indexes = [models.Index(fields=["person", "-offered_on"], name="reflections_trust_of")]


class Strength(Strikable):
    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="strengths",
        db_comment=says("Whose.", PERSONAL),
    )
    words = models.CharField(max_length=300, db_comment=says("What somebody is good at.", INTIMATE))
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    written_on = models.DateField(db_comment=says("When.", STAFF))

    class Meta:
        db_table_comment = says("Strengths.", INTIMATE)
        indexes = [models.Index(fields=["person", "-written_on"], name="reflections_strength_of")]
