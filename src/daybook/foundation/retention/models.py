"""Limits as a service has set them, holds, and the ledger of what was erased. Keys, no content."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.registry.records import Begins, Then
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import OPEN, PERSONAL, STAFF, one_of, says

LONGEST_REASON = 500


def _choices(values: type[Begins] | type[Then]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in values]


def _staff(meaning: str, **more: Any) -> "models.ForeignKey[Staff, Staff]":
    return models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says(meaning, STAFF), **more
    )


class SetLimit(models.Model):
    """How long a kind of record is kept, from a moment on. The latest of a kind holds."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    kind = models.CharField(max_length=24, db_comment=says("Kind of record.", OPEN))
    begins = models.CharField(max_length=12, db_comment=says("From when the period runs.", OPEN))
    months = models.PositiveSmallIntegerField(db_comment=says("How many months.", OPEN))
    unconvicted = models.PositiveSmallIntegerField(
        db_comment=says("How many about people whom no court has sentenced.", OPEN)
    )
    child = models.PositiveSmallIntegerField(
        db_comment=says("How many about somebody under eighteen on the day.", OPEN)
    )
    then = models.CharField(max_length=8, db_comment=says("Erased then, or looked at first.", OPEN))
    since = models.DateTimeField(db_comment=says("From when it holds.", OPEN))
    set_by = _staff("Who set it; nobody: as Daybook ships it.", null=True, blank=True)
    reason = models.CharField(
        max_length=LONGEST_REASON, blank=True, db_comment=says("Why it is not as shipped.", OPEN)
    )

    class Meta:
        db_table_comment = says("How long each kind of record is kept, with its history.", OPEN)
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gt=0, unconvicted__gt=0, child__gt=0)
                & Q(unconvicted__lte=F("months"), child__lte=F("months")),
                name="retention_limit_ends_and_is_never_longer_for_the_protected",
            ),
            models.CheckConstraint(
                condition=Q(set_by__isnull=True) | ~Q(reason=""), name="retention_limit_says_why"
            ),
            models.CheckConstraint(
                condition=Q(begins__in=[each.value for each in Begins]),
                name="retention_limit_begins_known",
            ),
            models.CheckConstraint(
                condition=Q(then__in=[each.value for each in Then]),
                name="retention_limit_then_known",
            ),
        ]
        indexes = [models.Index(fields=["kind", "-since"], name="retention_limit_in_force")]


class Ground(models.TextChoices):
    DEATH = "death", _("a death")
    COMPLAINT = "complaint", _("a complaint")
    COURT = "court", _("a court")


class Hold(models.Model):
    """Nothing about the person is erased while it lasts; the database holds that."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="holds",
        db_comment=says("Whose records stay.", PERSONAL),
    )
    ground = models.CharField(
        max_length=12, choices=Ground.choices, db_comment=says("Because of what.", PERSONAL)
    )
    reason = models.CharField(
        max_length=LONGEST_REASON,
        db_comment=says("Who asks for it, and under which number.", PERSONAL),
    )
    placed_by = _staff("Who placed it.")
    placed_at = models.DateTimeField(db_comment=says("When.", STAFF))
    lifted_by = _staff("Who lifted it.", null=True, blank=True)
    lifted_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was lifted, empty while it lasts.", STAFF)
    )
    lifted_because = models.CharField(
        max_length=LONGEST_REASON, blank=True, db_comment=says("Why.", PERSONAL)
    )

    class Meta:
        db_table_comment = says("What stops an erasure: a death, a complaint, a court.", PERSONAL)
        constraints = [
            one_of("ground", Ground, table="retention_hold"),
            models.CheckConstraint(condition=~Q(reason=""), name="retention_hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_because="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because=""),
                name="retention_hold_lifted_by_somebody_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(lifted_at__isnull=True), name="retention_hold_lasts"
            )
        ]


class Erasure(models.Model):
    """Records of one kind about one person: due, proposed, kept, or erased. It holds keys only.

    Once carried out it is a line of the ledger, which a restored backup is brought up to.
    """

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    kind = models.CharField(max_length=24, db_comment=says("Kind of record.", OPEN))
    person_key = models.BigIntegerField(
        db_comment=says("Key of the person, which outlives their name.", PERSONAL)
    )
    keys = ArrayField(
        models.CharField(max_length=40), db_comment=says("Keys of the records.", OPEN)
    )
    early = models.BooleanField(
        default=False,
        db_comment=says("Whether it is asked for before the day, as after a contest.", OPEN),
    )
    listed_at = models.DateTimeField(db_comment=says("When it came onto the list.", OPEN))
    lapsed_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was due no more.", OPEN)
    )
    kept_by = _staff("Who decided that they stay.", null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True, db_comment=says("When.", STAFF))
    look_again_on = models.DateField(
        null=True, blank=True, db_comment=says("Until when they stay.", OPEN)
    )
    proposed_by = _staff("Who proposed to erase them.", null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True, db_comment=says("When.", STAFF))
    reason = models.CharField(
        max_length=LONGEST_REASON,
        blank=True,
        db_comment=says("Why they are erased, or kept: naming nobody.", STAFF),
    )
    approved_by = _staff("Who approved it, for data protection.", null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True, db_comment=says("When.", STAFF))
    erased_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When they were erased here.", OPEN)
    )
    rows = models.IntegerField(null=True, blank=True, db_comment=says("How many rows went.", OPEN))
    replayed = models.BooleanField(
        default=False,
        db_comment=says("Whether it was carried out before, and again on a backup.", OPEN),
    )

    class Meta:
        db_table_comment = says("Records due to be erased, and the ledger of those erased.", STAFF)
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="retention_erasure_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True)
                | Q(approved_by__isnull=False, proposed_at__isnull=False),
                name="retention_erasure_approved_once_proposed",
            ),
            models.CheckConstraint(
                condition=Q(proposed_at__isnull=True)
                | Q(proposed_by__isnull=False, kept_at__isnull=True) & ~Q(reason=""),
                name="retention_erasure_proposed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True)
                | Q(kept_by__isnull=False, look_again_on__isnull=False) & ~Q(reason=""),
                name="retention_erasure_kept_for_a_reason_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(approved_at__isnull=False),
                name="retention_erasure_only_once_approved",
            ),
            models.UniqueConstraint(
                fields=["kind", "person_key"],
                condition=Q(
                    early=False,
                    erased_at__isnull=True,
                    kept_at__isnull=True,
                    lapsed_at__isnull=True,
                ),
                name="retention_erasure_listed_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "person_key"],
                condition=Q(erased_at__isnull=True, lapsed_at__isnull=True),
                name="retention_erasure_waiting",
            )
        ]
