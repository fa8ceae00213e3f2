"""Each use of break-glass, and what whoever looked at it afterwards found."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from daybook.foundation.people.models import Person
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import OPEN, PERSONAL, STAFF, one_of, says

from .rules import LASTS


class Opening(models.Model):
    """Somebody out of reach, opened for three hours. ``daybook.reach`` reads this table."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who opened it.", STAFF)
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Whose record was opened.", PERSONAL),
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Where the person lived then: its head is told, and reviews.", PERSONAL),
    )
    reason = models.CharField(max_length=500, db_comment=says("Why, as typed.", PERSONAL))
    opened_at = models.DateTimeField(db_comment=says("When.", STAFF))
    ends_at = models.DateTimeField(db_comment=says("When it closes by itself.", STAFF))
    closed_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was closed before that.", STAFF)
    )

    class Meta:
        db_table_comment = says("Each use of break-glass.", PERSONAL)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=F("opened_at") + LASTS), name="breakglass_opening_lasts_so_long"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(closed_at__gte=F("opened_at"), closed_at__lte=F("ends_at")),
                name="breakglass_opening_closes_early_or_by_itself",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="breakglass_opening_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["staff", "-opened_at"], name="breakglass_opening_of_staff"),
            models.Index(fields=["unit", "-opened_at"], name="breakglass_opening_on_unit"),
        ]


class Finding(models.TextChoices):
    """What whoever reviewed it found."""

    NEEDED = "needed", _("It was needed")
    NOT_NEEDED = "not-needed", _("It was not needed, and I have spoken with them")
    GOES_FURTHER = "goes-further", _("It was not right, and it goes further")


class Review(models.Model):
    """The answer to one use: by somebody else, once, and for good."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    opening = models.OneToOneField(
        Opening,
        on_delete=models.PROTECT,
        related_name="review",
        db_comment=says("Which use.", OPEN),
    )
    reviewed_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    reviewed_at = models.DateTimeField(db_comment=says("When.", STAFF))
    finding = models.CharField(
        max_length=16, choices=Finding.choices, db_comment=says("What was found.", STAFF)
    )
    words = models.CharField(
        max_length=1000, db_comment=says("In words; whoever opened it reads them.", STAFF)
    )

    class Meta:
        db_table_comment = says("What came of the review of each use of break-glass.", STAFF)
        constraints = [
            one_of("finding", Finding, table="breakglass_review"),
            models.CheckConstraint(
                condition=Q(words__regex=r"\S"), name="breakglass_review_says_what"
            ),
        ]
