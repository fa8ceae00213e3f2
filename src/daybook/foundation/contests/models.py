"""Contests of a record, how each was settled, and who is to be told of it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daybook.foundation.disclosures.models import Disclosure
from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says

LONGEST = 2000
LONGEST_HOW = 300


class Given(models.TextChoices):
    """How the person gave their statement."""

    SPOKEN = "spoken", _("spoken, and read back")
    INTERPRETED = "interpreted", _("through an interpreter, and read back")
    WRITTEN = "written", _("in writing")


class Outcome(models.TextChoices):
    PUT_RIGHT = "put-right", _("put right")
    STANDS = "stands", _("it stands")
    ERASED = "erased", _("to be erased")


def _key() -> "models.UUIDField[Any, Any]":
    return models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))


def _person() -> "models.ForeignKey[Person, Person]":
    return models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_comment=says("Of whom.", PERSONAL)
    )


def _staff(meaning: str, **more: Any) -> "models.ForeignKey[Staff, Staff]":
    return models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says(meaning, STAFF), **more
    )


class Contest(models.Model):
    """Somebody says that one record about them is wrong: in their words, which stay beside it."""

    id = _key()
    person = _person()
    kind = models.CharField(max_length=24, db_comment=says("What kind of record.", OPEN))
    record = models.UUIDField(db_comment=says("Key of the record.", OPEN))
    compartment = models.CharField(
        max_length=24, db_comment=says("Compartment of the record, and so of this.", OPEN)
    )
    words = models.TextField(
        max_length=LONGEST, db_comment=says("What the person says, in their words.", INTIMATE)
    )
    language = models.CharField(max_length=12, db_comment=says("In which language.", PERSONAL))
    given = models.CharField(
        max_length=12, choices=Given.choices, db_comment=says("How it was given.", PERSONAL)
    )
    author = _staff("Who wrote the record, and so does not settle it.", null=True, blank=True)
    taken_by = _staff("Who took it down.")
    taken_at = models.DateTimeField(db_comment=says("When.", PERSONAL))

    class Meta:
        db_table_comment = says("What people say is wrong about their record.", INTIMATE)
        constraints = [
            one_of("given", Given, table="contests_contest"),
            models.CheckConstraint(condition=~Q(words=""), name="contests_contest_says_something"),
            models.CheckConstraint(
                condition=Q(compartment__in=["wing", "safety", "casework"]),
                name="contests_contest_compartment_known",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-taken_at"], name="contests_contest_of"),
            models.Index(fields=["record"], name="contests_contest_about"),
        ]


class Settlement(models.Model):
    """What a named person made of a contest, and why. Each has one; the words stay."""

    id = _key()
    contest = models.OneToOneField(
        Contest,
        on_delete=models.PROTECT,
        related_name="settlement",
        db_comment=says("Which contest.", OPEN),
    )
    person = _person()
    outcome = models.CharField(
        max_length=12, choices=Outcome.choices, db_comment=says("What came of it.", PERSONAL)
    )
    reasons = models.TextField(
        max_length=LONGEST, db_comment=says("What was done, and why.", INTIMATE)
    )
    settled_by = _staff("Who settled it.")
    settled_at = models.DateTimeField(db_comment=says("When.", STAFF))

    class Meta:
        db_table_comment = says("How contests were settled.", INTIMATE)
        constraints = [
            one_of("outcome", Outcome, table="contests_settlement"),
            models.CheckConstraint(condition=~Q(reasons=""), name="contests_settlement_says_why"),
        ]
        indexes = [models.Index(fields=["person"], name="contests_settlement_of")]


class Correction(models.Model):
    """A recipient is owed word that what they received was put right, or is to be erased.

    The database writes it as a contest is settled. It says no word of the record.
    """

    id = _key()
    contest = models.ForeignKey(
        Contest,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("By which contest.", OPEN),
    )
    disclosure = models.ForeignKey(
        Disclosure,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("What they had received.", OPEN),
    )
    person = _person()
    kind = models.CharField(max_length=24, db_comment=says("What kind of record.", OPEN))
    outcome = models.CharField(
        max_length=12, choices=Outcome.choices, db_comment=says("What came of it.", PERSONAL)
    )
    owed_at = models.DateTimeField(db_comment=says("Since when they are to be told.", PERSONAL))
    told_on = models.DateField(
        null=True, blank=True, db_comment=says("On which day they were told.", PERSONAL)
    )
    told_how = models.CharField(
        max_length=LONGEST_HOW, blank=True, db_comment=says("How they were told.", PERSONAL)
    )
    told_by = _staff("Who told them.", null=True, blank=True)
    told_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When that was written down.", STAFF)
    )

    class Meta:
        db_table_comment = says("Recipients to be told that a record was wrong.", PERSONAL)
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "disclosure"], name="contests_correction_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    told_on__isnull=True, told_how="", told_by__isnull=True, told_at__isnull=True
                )
                | Q(told_on__isnull=False, told_by__isnull=False, told_at__isnull=False)
                & ~Q(told_how=""),
                name="contests_correction_told_says_when_and_how",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="contests_correction_of"),
            models.Index(
                fields=["owed_at"],
                condition=Q(told_at__isnull=True),
                name="contests_correction_owed",
            ),
        ]
