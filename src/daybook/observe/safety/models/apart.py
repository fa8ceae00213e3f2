"""Time apart from others, counted in hours of meaningful contact. It always has an end."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says

from ..vocabulary import ApartFor

LONGEST_DAYS = 15
"""Solitary confinement beyond it is prohibited: Nelson Mandela Rules 43 and 44."""


class Separation(models.Model):
    """That somebody is kept apart, why, by whose decision, and until when at the latest."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="separations",
        db_comment=says("Who.", PERSONAL),
    )
    apart_for = models.CharField(
        max_length=16, choices=ApartFor.choices, db_comment=says("On which ground.", INTIMATE)
    )
    reason = models.CharField(max_length=1000, db_comment=says("Why.", INTIMATE))
    instead = models.CharField(
        max_length=1000, db_comment=says("What else was tried or weighed.", INTIMATE)
    )
    remedy = models.CharField(
        max_length=500, db_comment=says("How the person can contest it, as told.", INTIMATE)
    )
    began_on = models.DateField(db_comment=says("First day.", INTIMATE))
    until_on = models.DateField(db_comment=says("Last day at the latest.", INTIMATE))
    decided_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    decided_at = models.DateTimeField(db_comment=says("When it was decided.", STAFF))
    ended_on = models.DateField(null=True, blank=True, db_comment=says("When it ended.", INTIMATE))
    ended_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who ended it.", STAFF),
    )
    ended_because = models.CharField(
        max_length=500, blank=True, db_comment=says("Why it ended.", INTIMATE)
    )

    class Meta:
        db_table_comment = says("People kept apart from others.", INTIMATE)
        constraints = [
            one_of("apart_for", ApartFor, table="safety_separation"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(instead="") & ~Q(remedy=""),
                name="safety_separation_has_reasons",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("began_on"))
                & Q(until_on__lt=F("began_on") + timedelta(days=LONGEST_DAYS)),
                name="safety_separation_ends_within_fifteen_days",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True, ended_because="")
                | (Q(ended_on__gte=F("began_on"), ended_by__isnull=False) & ~Q(ended_because="")),
                name="safety_separation_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on__isnull=True),
                name="safety_separation_one_now",
            ),
        ]
        indexes = [models.Index(fields=["person", "-began_on"], name="safety_separation_of")]


class ContactDay(models.Model):
    """A stretch of meaningful contact somebody apart had on a day. Stretches add up."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    separation = models.ForeignKey(
        Separation,
        on_delete=models.PROTECT,
        related_name="contacts",
        db_comment=says("While apart since.", OPEN),
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_comment=says("Who.", PERSONAL)
    )
    day = models.DateField(db_comment=says("Which day.", INTIMATE))
    minutes = models.PositiveSmallIntegerField(db_comment=says("How long.", INTIMATE))
    with_whom = models.CharField(
        max_length=200, db_comment=says("With whom or at what, in plain words.", INTIMATE)
    )
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When it was written.", STAFF))

    class Meta:
        db_table_comment = says("Meaningful contact of people apart.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 960)), name="safety_contactday_within_a_day"
            ),
            models.CheckConstraint(condition=~Q(with_whom=""), name="safety_contactday_with_whom"),
        ]
        indexes = [models.Index(fields=["separation", "day"], name="safety_contactday_of")]
