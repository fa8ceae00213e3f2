"""What came in sealed: that it did, when it was written, and what became of it."""

from django.db import models
from django.db.models import Q

from daybook.foundation.people.models import Person
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says

from .vocabulary import ENDED, WAITING, Outcome


class Arrival(models.Model):
    """One sealed entry that was opened. What it became, if it was saved, has the same key."""

    id = models.UUIDField(primary_key=True, db_comment=says("Key, made in the browser.", OPEN))
    staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who wrote it.", STAFF)
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("About whom.", PERSONAL),
    )
    form = models.CharField(max_length=20, db_comment=says("Which form was filled in.", OPEN))
    device_at = models.DateTimeField(
        db_comment=says("When it was written, by the clock of the device.", STAFF)
    )
    written_at = models.DateTimeField(
        db_comment=says("When it was written, with that clock put right by the server’s.", STAFF)
    )
    arrived_at = models.DateTimeField(db_comment=says("When it arrived.", STAFF))
    outcome = models.CharField(
        max_length=12, choices=Outcome.choices, db_comment=says("What became of it.", STAFF)
    )
    said = models.JSONField(
        null=True,
        blank=True,
        db_comment=says("What was filled in, while its author has still to look.", INTIMATE),
    )

    class Meta:
        db_table_comment = says("Entries that waited sealed in a browser, and arrived.", INTIMATE)
        constraints = [
            one_of("outcome", Outcome, table="carry_arrival"),
            models.CheckConstraint(
                condition=Q(outcome__in=WAITING, said__isnull=False)
                | Q(outcome__in=ENDED, said__isnull=True),
                name="carry_arrival_words_only_while_it_waits",
            ),
        ]
        indexes = [
            models.Index(
                fields=["staff", "written_at"],
                condition=Q(outcome__in=WAITING),
                name="carry_arrival_waiting",
            )
        ]
