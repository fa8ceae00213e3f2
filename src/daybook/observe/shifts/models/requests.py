"""What somebody asked for, and what became of it, step by step. Nothing is rewritten."""

from django.db import models
from django.db.models import Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says
from daybook.observe.reflections.models.strikes import Strikable

from ..vocabulary import Step

PROMISES = (Step.PROMISED, Step.HANDED_ON)
ANSWERS = (Step.KEPT, Step.NO, Step.CANNOT)


class Request(Strikable):
    """What a person asked, in their own words. It stays open until kept, or answered and told."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="requests",
        db_comment=says("Who asked.", PERSONAL),
    )
    asked = models.CharField(
        max_length=500, db_comment=says("What was asked, in their own words.", INTIMATE)
    )
    asked_of = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who was asked.", STAFF)
    )
    asked_on = models.DateField(db_comment=says("On which day.", PERSONAL))
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When it was signed.", STAFF))
    ended_at = models.DateTimeField(
        null=True,
        blank=True,
        db_comment=says("When it was kept, or answered and told.", PERSONAL),
    )

    class Meta:
        db_table_comment = says("What people asked for.", INTIMATE)
        constraints = [
            models.CheckConstraint(condition=~Q(asked=""), name="shifts_request_says_what")
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(ended_at__isnull=True), name="shifts_request_open"
            ),
            models.Index(fields=["person", "-written_at"], name="shifts_request_of"),
        ]


class RequestStep(Strikable):
    """One thing that became of a request: a promise, an answer, or that the person was told."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    request = models.ForeignKey(
        Request,
        on_delete=models.PROTECT,
        related_name="steps",
        db_comment=says("Of which request.", OPEN),
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_comment=says("Who asked.", PERSONAL)
    )
    number = models.PositiveSmallIntegerField(
        db_comment=says("Which step; two at once can't both be the next.", OPEN)
    )
    kind = models.CharField(
        max_length=12, choices=Step.choices, db_comment=says("Which kind.", INTIMATE)
    )
    promised_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        db_comment=says("Who will do it, where somebody promised.", STAFF),
    )
    due_on = models.DateField(null=True, blank=True, db_comment=says("By which day.", PERSONAL))
    words = models.CharField(
        max_length=500, blank=True, db_comment=says("Why, or how it went.", INTIMATE)
    )
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When it was signed.", STAFF))

    class Meta:
        db_table_comment = says("What became of requests, step by step.", INTIMATE)
        constraints = [
            one_of("kind", Step, table="shifts_requeststep"),
            models.UniqueConstraint(fields=["request", "number"], name="shifts_requeststep_next"),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(kind__in=[answer.value for answer in ANSWERS]),
                name="shifts_requeststep_answered_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[promise.value for promise in PROMISES],
                    promised_by__isnull=False,
                    due_on__isnull=False,
                )
                | (
                    ~Q(kind__in=[promise.value for promise in PROMISES])
                    & Q(promised_by__isnull=True, due_on__isnull=True)
                ),
                name="shifts_requeststep_promised_by_somebody_by_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[Step.NO.value, Step.CANNOT.value], words=""),
                name="shifts_requeststep_a_no_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-written_at"], name="shifts_requeststep_of"),
            models.Index(
                fields=["promised_by"],
                condition=Q(promised_by__isnull=False),
                name="shifts_requeststep_mine",
            ),
        ]
