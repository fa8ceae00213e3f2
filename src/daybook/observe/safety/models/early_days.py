"""Early days and hard turns: a check-in that the event itself opens."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says

from ..vocabulary import LookIn, Occasion


class CheckIn(models.Model):
    """That somebody is owed a few minutes, from when and until when, and what came of it."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="check_ins",
        db_comment=says("With whom.", PERSONAL),
    )
    occasion = models.CharField(
        max_length=16, choices=Occasion.choices, db_comment=says("Why.", INTIMATE)
    )
    source = models.CharField(
        max_length=80, db_comment=says("The event that opened it, as kind:key.", OPEN)
    )
    opens_at = models.DateTimeField(db_comment=says("From when.", PERSONAL))
    due_at = models.DateTimeField(db_comment=says("By when.", PERSONAL))
    opened_at = models.DateTimeField(db_comment=says("When it was opened.", PERSONAL))
    came_of_it = models.CharField(
        max_length=8, choices=LookIn.choices, blank=True, db_comment=says("How it went.", INTIMATE)
    )
    words = models.CharField(
        max_length=1000, blank=True, db_comment=says("What was said or needed.", INTIMATE)
    )
    done_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who looked in.", STAFF),
    )
    done_at = models.DateTimeField(null=True, blank=True, db_comment=says("When.", INTIMATE))
    withdrawn_at = models.DateTimeField(
        null=True,
        blank=True,
        db_comment=says("When what opened it was taken back, or the person left.", PERSONAL),
    )

    class Meta:
        db_table_comment = says("Check-ins in early days and after hard turns.", INTIMATE)
        constraints = [
            one_of("occasion", Occasion, table="safety_checkin"),
            models.UniqueConstraint(
                fields=["person", "occasion", "source"],
                condition=Q(withdrawn_at__isnull=True),
                name="safety_checkin_once_an_event",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("opens_at")), name="safety_checkin_has_time"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, came_of_it="", words="")
                | Q(
                    done_at__isnull=False,
                    done_by__isnull=False,
                    came_of_it__in=LookIn.values,
                    withdrawn_at__isnull=True,
                ),
                name="safety_checkin_done_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "due_at"],
                condition=Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="safety_checkin_open",
            ),
            models.Index(fields=["person", "-done_at"], name="safety_checkin_of"),
        ]
