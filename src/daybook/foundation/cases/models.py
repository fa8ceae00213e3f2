"""A concern has a basis, a lead, a team, a review and an end. A person has none of these."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import OPEN, PERSONAL, STAFF, says


class Case(models.Model):
    """Work on one concern about one person, by those named and nobody else."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="cases",
        db_comment=says("Whom it concerns.", PERSONAL),
    )
    lead = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="leads",
        db_comment=says("Who leads it.", STAFF),
    )
    legal_basis = models.CharField(
        max_length=300, db_comment=says("The law it rests on.", PERSONAL)
    )
    opened_for = models.TextField(db_comment=says("Why it was opened, in plain words.", PERSONAL))
    opened_at = models.DateTimeField(db_comment=says("When it was opened.", PERSONAL))
    review_on = models.DateField(db_comment=says("Next review.", PERSONAL))
    ends_on = models.DateField(
        db_comment=says("The day it ends unless a named person renews it.", PERSONAL)
    )
    closed_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was closed.", PERSONAL)
    )
    closed_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who closed it.", STAFF),
    )
    closed_because = models.TextField(blank=True, db_comment=says("Why it was closed.", PERSONAL))

    class Meta:
        db_table_comment = says("Concerns as cases, visible to their team only.", PERSONAL)
        constraints = [
            models.CheckConstraint(condition=~Q(legal_basis=""), name="cases_case_has_a_basis"),
            models.CheckConstraint(condition=~Q(opened_for=""), name="cases_case_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("review_on")), name="cases_case_reviewed_before_its_end"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, closed_because="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closed_because="")),
                name="cases_case_closed_by_somebody_for_a_reason",
            ),
        ]


class CaseReview(models.Model):
    """That the work goes on: why, and until when. What was reviewed once stays."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    case = models.ForeignKey(
        Case,
        on_delete=models.PROTECT,
        related_name="reviews",
        db_comment=says("Which case.", PERSONAL),
    )
    reviewed_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who said so.", STAFF)
    )
    reviewed_at = models.DateTimeField(db_comment=says("When.", PERSONAL))
    reason = models.CharField(max_length=500, db_comment=says("Why it goes on.", PERSONAL))
    review_on = models.DateField(db_comment=says("The next review it set.", PERSONAL))
    ends_on = models.DateField(db_comment=says("The last day it set.", PERSONAL))

    class Meta:
        db_table_comment = says("Reviews of cases, visible to their team only.", PERSONAL)
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="cases_casereview_has_a_reason")
        ]


class TeamMember(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    case = models.ForeignKey(
        Case,
        on_delete=models.PROTECT,
        related_name="team",
        db_comment=says("Which case.", PERSONAL),
    )
    staff = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="on_cases",
        db_comment=says("Who works on it.", STAFF),
    )
    part = models.CharField(
        max_length=120, blank=True, db_comment=says("Their part in it, in words.", STAFF)
    )
    since = models.DateTimeField(db_comment=says("From when.", STAFF))
    until = models.DateTimeField(
        null=True, blank=True, db_comment=says("Until when, empty while it holds.", STAFF)
    )

    class Meta:
        db_table_comment = says("Who works on a case.", PERSONAL)
        constraints = [
            models.UniqueConstraint(
                fields=["case", "staff"],
                condition=Q(until__isnull=True),
                name="cases_teammember_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["staff"], condition=Q(until__isnull=True), name="cases_teammember_mine"
            )
        ]
