"""What one shift tells the next, beside what the log says by itself."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.models import Person
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says
from daybook.observe.reflections.models.meetings import Shift
from daybook.observe.reflections.models.strikes import Strikable


def _unit() -> "models.ForeignKey[Unit, Unit]":
    return models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", db_comment=says("Which unit.", OPEN)
    )


class HandoverNote(Strikable):
    """Something for the next shift that is written nowhere else."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    unit = _unit()
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("About whom, empty where it is about the unit.", PERSONAL),
    )
    words = models.CharField(max_length=500, db_comment=says("What to know.", INTIMATE))
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When it was signed.", STAFF))

    class Meta:
        db_table_comment = says("Notes from shift to shift.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="shifts_handovernote_says_something"
            )
        ]
        indexes = [models.Index(fields=["unit", "written_at"], name="shifts_handovernote_on")]


class Signature(models.Model):
    """That somebody has read the log of a shift as far as it went then."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    unit = _unit()
    day = models.DateField(db_comment=says("The day the shift began.", OPEN))
    shift = models.CharField(
        max_length=8, choices=Shift.choices, db_comment=says("Which shift was read of.", OPEN)
    )
    read_until = models.DateTimeField(db_comment=says("How far the log went then.", STAFF))
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who read it.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When it was signed.", STAFF))

    class Meta:
        db_table_comment = says("Who has read the log of a shift.", STAFF)
        constraints = [
            one_of("shift", Shift, table="shifts_signature"),
            models.UniqueConstraint(
                fields=["unit", "day", "shift", "written_by"], name="shifts_signature_once_each"
            ),
            models.CheckConstraint(
                condition=Q(read_until__lte=F("written_at")),
                name="shifts_signature_of_what_was_there",
            ),
        ]
