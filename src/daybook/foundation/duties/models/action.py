"""What somebody has promised to do, by when, and what it brought."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, says


class Effect(models.TextChoices):
    """What came of it, as the owner sees it."""

    HELPED = "helped", _("it helped")
    NO_DIFFERENCE = "no-difference", _("no difference seen")
    WORSE = "worse", _("it made things harder")
    TOO_EARLY = "too-early", _("too early to tell")
    NOT_DONE = "not-done", _("it was not done")


class Action(models.Model):
    """One thing that one named person will do for one person, by a day."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="actions",
        db_comment=says("For whom.", PERSONAL),
    )
    what = models.CharField(max_length=300, db_comment=says("What will be done.", INTIMATE))
    owner = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="actions", db_comment=says("By whom.", STAFF)
    )
    due_on = models.DateField(db_comment=says("By which day.", PERSONAL))
    raised_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Who wrote it down.", STAFF),
    )
    raised_at = models.DateTimeField(db_comment=says("When.", PERSONAL))
    source = models.CharField(
        max_length=80, blank=True, db_comment=says("Where it was agreed, as kind:key.", OPEN)
    )
    done_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was closed.", PERSONAL)
    )
    effect = models.CharField(
        max_length=16,
        choices=Effect.choices,
        blank=True,
        db_comment=says("What came of it.", INTIMATE),
    )
    outcome = models.CharField(
        max_length=500, blank=True, db_comment=says("What came of it, in words.", INTIMATE)
    )

    class Meta:
        db_table_comment = says("Actions owed to people, with owner, date and effect.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=Q(effect__in=["", *Effect.values]), name="duties_action_effect_known"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, effect="")
                | (Q(done_at__isnull=False) & ~Q(effect="")),
                name="duties_action_closed_says_what_came_of_it",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="duties_action_says_what"),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(done_at__isnull=True), name="duties_action_open"
            ),
            models.Index(
                fields=["owner"], condition=Q(done_at__isnull=True), name="duties_action_mine"
            ),
            models.Index(fields=["person", "-raised_at"], name="duties_action_history"),
        ]
