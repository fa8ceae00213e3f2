"""Requests for everything that is kept, and who received what."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import OPEN, PERSONAL, STAFF, says

LONGEST = 500


def _person(meaning: str) -> "models.ForeignKey[Person, Person]":
    return models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_comment=says(meaning, PERSONAL)
    )


def _staff(meaning: str, **more: Any) -> "models.ForeignKey[Staff, Staff]":
    return models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says(meaning, STAFF), **more
    )


def _key() -> "models.UUIDField[Any, Any]":
    return models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))


class AccessRequest(models.Model):
    """A decision to give somebody, or who speaks for them, everything that is kept about them."""

    id = _key()
    person = _person("Whose records are asked for.")
    recipient = models.CharField(
        max_length=200, db_comment=says("Who receives it: the person, or who for them.", PERSONAL)
    )
    asked_on = models.DateField(db_comment=says("When it was asked for.", PERSONAL))
    justification = models.CharField(
        max_length=LONGEST, db_comment=says("Why it is given, and on what law.", PERSONAL)
    )
    withheld = ArrayField(
        models.CharField(max_length=24),
        default=list,
        blank=True,
        db_comment=says("Kinds of record that are not given.", PERSONAL),
    )
    withheld_because = models.CharField(
        max_length=LONGEST,
        blank=True,
        db_comment=says("Why they are not: weighed for this person.", PERSONAL),
    )
    names_staff = models.BooleanField(
        default=False, db_comment=says("Whether staff are named, or told by their post.", STAFF)
    )
    decided_by = _staff("Who decided.")
    decided_at = models.DateTimeField(db_comment=says("When.", STAFF))

    class Meta:
        db_table_comment = says("Requests for everything that is kept, as decided.", PERSONAL)
        constraints = [
            models.CheckConstraint(
                condition=~Q(justification="") & ~Q(recipient=""),
                name="disclosures_request_says_why_and_for_whom",
            ),
            models.CheckConstraint(
                condition=Q(withheld=[]) | ~Q(withheld_because=""),
                name="disclosures_request_withholds_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["person", "-decided_at"], name="disclosures_request_of")]


class Disclosure(models.Model):
    """That something about somebody was given to somebody outside: what for, on which condition."""

    id = _key()
    person = _person("About whom.")
    recipient = models.CharField(max_length=200, db_comment=says("Who received it.", PERSONAL))
    purpose = models.CharField(max_length=LONGEST, db_comment=says("What for.", PERSONAL))
    legal_basis = models.CharField(max_length=300, db_comment=says("On which law.", PERSONAL))
    handling = models.CharField(
        max_length=LONGEST,
        blank=True,
        db_comment=says("On which condition, as the recipient was told.", PERSONAL),
    )
    what = models.CharField(
        max_length=LONGEST, db_comment=says("What was given, in a few words.", PERSONAL)
    )
    keys = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        db_comment=says("Keys of the records, where single ones were given.", OPEN),
    )
    request = models.ForeignKey(
        AccessRequest,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="given",
        db_comment=says("On which request of the person’s own.", PERSONAL),
    )
    given_by = _staff("Who gave it.")
    given_at = models.DateTimeField(db_comment=says("When.", STAFF))

    class Meta:
        db_table_comment = says("Who received what about somebody.", PERSONAL)
        constraints = [
            models.CheckConstraint(
                condition=~Q(recipient="") & ~Q(purpose="") & ~Q(legal_basis="") & ~Q(what=""),
                name="disclosures_disclosure_says_to_whom_what_for_and_why",
            )
        ]
        indexes = [models.Index(fields=["person", "-given_at"], name="disclosures_given_of")]
