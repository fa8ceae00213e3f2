"""What a meeting said to a chart: this is how they are now, so go on from here."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, says

from .channels import Channel
from .meetings import Meeting, MeetingPerson


class TakenAsUsual(models.Model):
    """A lasting change that the team takes as the usual from now on.

    The chart goes on from there and does not speak of the same change again; the way back shows,
    as any other change does. Nothing that a chart or a meeting said before is rewritten.
    """

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", db_comment=says("Where.", STAFF)
    )
    discussion = models.ForeignKey(
        MeetingPerson,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("The discussion it belongs to.", INTIMATE),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("About whom.", PERSONAL),
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="+", db_comment=says("Which chart.", OPEN)
    )
    direction = models.SmallIntegerField(
        db_comment=says("1 higher, -1 lower than the usual before.", INTIMATE)
    )
    day = models.DateField(db_comment=says("The day it was said.", PERSONAL))
    said_at = models.DateTimeField(db_comment=says("When it was written down.", STAFF))
    said_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    taken_back_at = models.DateTimeField(
        null=True,
        blank=True,
        db_comment=says("When it was taken back, in the same meeting.", STAFF),
    )

    class Meta:
        db_table_comment = says("Changes that a meeting took as the usual from then on.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=[-1, 1]),
                name="reflections_takenasusual_direction_known",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(taken_back_at__gte=F("said_at")),
                name="reflections_takenasusual_taken_back_after",
            ),
            models.UniqueConstraint(
                fields=["discussion", "channel"],
                condition=Q(taken_back_at__isnull=True),
                name="reflections_takenasusual_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "channel", "-day"], name="reflections_takenasusual_of")
        ]
