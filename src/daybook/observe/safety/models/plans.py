"""Keep-safe plans: who does what, how often, in practical words without clinical content."""

from django.db import models
from django.db.models import Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, says
from daybook.observe.reflections.models.strikes import Strikable

from .concerns import Concern


class Plan(Strikable):
    """What shift staff do to keep somebody safe, until a named person hands it back."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="keep_safe_plans",
        db_comment=says("For whom.", PERSONAL),
    )
    concern = models.ForeignKey(
        Concern,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        db_comment=says("The concern it answers.", INTIMATE),
    )
    what = models.CharField(max_length=1000, db_comment=says("What staff do.", INTIMATE))
    who = models.CharField(max_length=200, db_comment=says("Who does it.", INTIMATE))
    helps = models.CharField(
        max_length=500, blank=True, db_comment=says("What the person says helps.", INTIMATE)
    )
    every_minutes = models.PositiveSmallIntegerField(
        db_comment=says("How often staff look in, in minutes, at the longest.", INTIMATE)
    )
    made_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    made_at = models.DateTimeField(db_comment=says("When.", STAFF))
    review_on = models.DateField(
        db_comment=says("When a named person looks at it again.", INTIMATE)
    )
    replaced_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When a newer plan took its place.", STAFF)
    )
    handed_back_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When ordinary care took over again.", INTIMATE)
    )
    handed_back_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who decided that.", STAFF),
    )
    handed_back_to = models.CharField(
        max_length=200, blank=True, db_comment=says("Who goes on, and with what.", INTIMATE)
    )
    handed_back_because = models.CharField(
        max_length=500, blank=True, db_comment=says("Why it is safe now.", INTIMATE)
    )

    class Meta:
        db_table_comment = says("Keep-safe plans.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(who=""), name="safety_plan_says_who_does_what"
            ),
            models.CheckConstraint(
                condition=Q(every_minutes__range=(5, 1440)), name="safety_plan_at_least_daily"
            ),
            models.CheckConstraint(
                condition=Q(
                    handed_back_at__isnull=True,
                    handed_back_by__isnull=True,
                    handed_back_to="",
                    handed_back_because="",
                )
                | (
                    Q(handed_back_at__isnull=False, handed_back_by__isnull=False)
                    & ~Q(handed_back_to="")
                    & ~Q(handed_back_because="")
                ),
                name="safety_plan_handed_back_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(replaced_at__isnull=True, handed_back_at__isnull=True),
                name="safety_plan_one_now",
            ),
        ]
        indexes = [models.Index(fields=["person", "-made_at"], name="safety_plan_of")]


class Check(Strikable):
    """One time somebody was looked in on under a plan."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="checks", db_comment=says("Which plan.", OPEN)
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_comment=says("Whom.", PERSONAL)
    )
    checked_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    checked_at = models.DateTimeField(db_comment=says("When.", INTIMATE))
    spoke = models.BooleanField(db_comment=says("Whether they spoke.", INTIMATE))
    words = models.CharField(
        max_length=500, blank=True, db_comment=says("How it was, in plain words.", INTIMATE)
    )

    class Meta:
        db_table_comment = says("Looking in under a keep-safe plan.", INTIMATE)
        indexes = [models.Index(fields=["plan", "-checked_at"], name="safety_check_last")]
