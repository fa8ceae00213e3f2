"""A concern for safety: raised by anyone, answered by a named person, or called on."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.models import Person
from daybook.foundation.places.models import Establishment
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says
from daybook.observe.reflections.models.strikes import Strikable

from ..vocabulary import ConcernKind, Duty, Ended, Step


class Turn(models.Model):
    """A turn of duty: who answers for safety in an establishment, from when until when."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    establishment = models.ForeignKey(
        Establishment, on_delete=models.PROTECT, related_name="+", db_comment=says("Where.", OPEN)
    )
    duty = models.CharField(
        max_length=8, choices=Duty.choices, db_comment=says("Which duty.", STAFF)
    )
    staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="turns", db_comment=says("Who.", STAFF)
    )
    since = models.DateTimeField(db_comment=says("From when.", STAFF))
    until = models.DateTimeField(db_comment=says("Until when: a turn always ends.", STAFF))

    class Meta:
        db_table_comment = says("Turns of duty in on-call care and as duty manager.", STAFF)
        constraints = [
            one_of("duty", Duty, table="safety_turn"),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="safety_turn_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["establishment", "until"], name="safety_turn_now")]


class Concern(Strikable):
    """What somebody fears for a person, and who took it up. Never dropped: it is answered."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="concerns",
        db_comment=says("For whom.", PERSONAL),
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Where the person was then, so who is called.", PERSONAL),
    )
    kind = models.CharField(
        max_length=16, choices=ConcernKind.choices, db_comment=says("What is feared.", INTIMATE)
    )
    words = models.CharField(
        max_length=1000, blank=True, db_comment=says("What was seen or heard.", INTIMATE)
    )
    raised_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    raised_at = models.DateTimeField(db_comment=says("When it arrived here.", INTIMATE))
    noticed_at = models.DateTimeField(
        db_comment=says("When it was raised by the clock of the device.", INTIMATE)
    )
    written_at = models.DateTimeField(
        null=True,
        blank=True,
        db_comment=says(
            "When it was touched where the network didn’t reach, by a clock put right.", INTIMATE
        ),
    )
    acknowledged_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who took it up.", STAFF),
    )
    acknowledged_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was taken up.", STAFF)
    )
    ended_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it ended.", INTIMATE)
    )
    ended_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who ended it.", STAFF),
    )
    ended_how = models.CharField(
        max_length=16, choices=Ended.choices, blank=True, db_comment=says("How.", INTIMATE)
    )
    ended_words = models.CharField(
        max_length=1000, blank=True, db_comment=says("What was done.", INTIMATE)
    )

    class Meta:
        db_table_comment = says("Concerns for somebody's safety.", INTIMATE)
        constraints = [
            one_of("kind", ConcernKind, table="safety_concern"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="safety_concern_taken_up_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    ended_at__isnull=True, ended_by__isnull=True, ended_how="", ended_words=""
                )
                | (
                    Q(ended_at__isnull=False, ended_by__isnull=False, acknowledged_at__isnull=False)
                    & Q(ended_how__in=Ended.values)
                    & ~Q(ended_words="")
                ),
                name="safety_concern_ended_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-raised_at"], name="safety_concern_of"),
            models.Index(
                fields=["establishment", "raised_at"],
                condition=Q(ended_at__isnull=True),
                name="safety_concern_open",
            ),
        ]


class Call(models.Model):
    """One step of calling for an answer: who was told, and when. Each step happens once."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    concern = models.ForeignKey(
        Concern,
        on_delete=models.PROTECT,
        related_name="calls",
        db_comment=says("Which concern.", OPEN),
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_comment=says("For whom.", PERSONAL)
    )
    step = models.CharField(
        max_length=16, choices=Step.choices, db_comment=says("How far it went.", OPEN)
    )
    staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who was told.", STAFF)
    )
    called_at = models.DateTimeField(db_comment=says("When.", STAFF))

    class Meta:
        db_table_comment = says("Who was called about a concern, step by step.", STAFF)
        constraints = [
            one_of("step", Step, table="safety_call"),
            models.UniqueConstraint(
                fields=["concern", "step", "staff"], name="safety_call_once_a_step"
            ),
        ]
