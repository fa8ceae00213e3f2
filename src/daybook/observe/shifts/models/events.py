"""What several people lived through: written once, told of each with the others unnamed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from daybook.foundation.people.models import Person
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says
from daybook.observe.reflections.models.strikes import Strikable

from ..vocabulary import EventKind, Response


class SharedEvent(models.Model):
    """One event on a unit. Its words name nobody; who took part stands in a row for each."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", db_comment=says("On which unit.", OPEN)
    )
    kind = models.CharField(
        max_length=12, choices=EventKind.choices, db_comment=says("What it was.", INTIMATE)
    )
    place = models.CharField(max_length=120, db_comment=says("Where.", OPEN))
    happened_at = models.DateTimeField(db_comment=says("When it began.", PERSONAL))
    fact = models.TextField(db_comment=says("Fact: what was seen or heard.", INTIMATE))
    reading = models.TextField(
        blank=True, db_comment=says("Assessment: what the author makes of it.", INTIMATE)
    )
    responses = ArrayField(
        models.CharField(max_length=12),
        default=list,
        blank=True,
        db_comment=says("What staff did.", STAFF),
    )
    response = models.TextField(blank=True, db_comment=says("What staff did, in words.", INTIMATE))
    opening = models.TextField(
        blank=True, db_comment=says("What it opened: a thought, a word, another way.", INTIMATE)
    )
    present = models.CharField(
        max_length=200, blank=True, db_comment=says("Which staff were there.", STAFF)
    )
    others = models.BooleanField(
        default=False, db_comment=says("Whether others took part who aren't linked.", OPEN)
    )
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When it was signed.", STAFF))

    class Meta:
        db_table_comment = says("Shared events, told without names.", INTIMATE)
        constraints = [
            one_of("kind", EventKind, table="shifts_sharedevent"),
            models.CheckConstraint(
                condition=Q(responses__contained_by=list(Response.values)),
                name="shifts_sharedevent_responses_known",
            ),
            models.CheckConstraint(
                condition=~Q(fact="") & ~Q(place=""), name="shifts_sharedevent_says_what_and_where"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-written_at"], name="shifts_sharedevent_latest")]


class EventPart(Strikable):
    """That one person took part, and how."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    event = models.ForeignKey(
        SharedEvent,
        on_delete=models.PROTECT,
        related_name="parts",
        db_comment=says("In which event.", OPEN),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="event_parts",
        db_comment=says("Who.", PERSONAL),
    )
    part = models.CharField(max_length=300, db_comment=says("Their part in it.", INTIMATE))
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When it was signed.", STAFF))

    class Meta:
        db_table_comment = says("Who took part in a shared event.", INTIMATE)
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=Q(struck_at__isnull=True),
                name="shifts_eventpart_once",
            ),
            models.CheckConstraint(condition=~Q(part=""), name="shifts_eventpart_says_how"),
        ]
        indexes = [models.Index(fields=["person", "event"], name="shifts_eventpart_of")]


class StaffPart(models.Model):
    """That a colleague was put to the test, and that support was offered; never what was said."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    event = models.ForeignKey(
        SharedEvent,
        on_delete=models.PROTECT,
        related_name="staff_parts",
        db_comment=says("In which event.", OPEN),
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", db_comment=says("On which unit.", OPEN)
    )
    staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Whom.", STAFF)
    )
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When it was signed.", STAFF))
    offered_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who offered support.", STAFF),
    )
    offered_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was offered.", STAFF)
    )
    taken_up = models.BooleanField(
        null=True, blank=True, db_comment=says("Whether it was wished for.", STAFF)
    )

    class Meta:
        db_table_comment = says("Support offered to staff after an event.", STAFF)
        constraints = [
            models.UniqueConstraint(fields=["event", "staff"], name="shifts_staffpart_once"),
            models.CheckConstraint(
                condition=Q(offered_by__isnull=True, offered_at__isnull=True, taken_up__isnull=True)
                | Q(offered_by__isnull=False, offered_at__isnull=False),
                name="shifts_staffpart_offered_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit"],
                condition=Q(offered_at__isnull=True),
                name="shifts_staffpart_to_offer",
            )
        ]
