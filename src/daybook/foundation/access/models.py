"""Role assignments, and the copy of the role table that the database's policies read."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.places.models import Establishment, Unit
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import OPEN, STAFF, Row, says


class Assignment(Row):
    """A role that somebody holds, for some place, from a day to a day."""

    staff = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="assignments",
        db_comment=says("Who holds it.", STAFF),
    )
    role = models.CharField(max_length=40, db_comment=says("Key of the role.", STAFF))
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("For which establishment.", STAFF),
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("For which unit.", STAFF),
    )
    since = models.DateTimeField(db_comment=says("From when.", STAFF))
    until = models.DateTimeField(
        null=True, blank=True, db_comment=says("Until when, empty while it holds.", STAFF)
    )

    class Meta:
        db_table_comment = says("Who holds which role, where and when.", STAFF)
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="access_assignment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(establishment__isnull=True),
                name="access_assignment_one_place",
            ),
        ]
        indexes = [models.Index(fields=["staff"], name="access_assignment_of_staff")]


class AccessRight(models.Model):
    """One cell of the role table, as it holds. Written by ``table.py`` and ``approval.sql``."""

    pk = models.CompositePrimaryKey("role", "compartment")
    role = models.CharField(max_length=40, db_comment=says("Key of the role.", OPEN))
    compartment = models.CharField(max_length=24, db_comment=says("Kind of record.", OPEN))
    reach = models.CharField(max_length=16, db_comment=says("Which people it reaches.", OPEN))
    reads = models.BooleanField(db_comment=says("May read.", OPEN))
    writes = models.BooleanField(db_comment=says("May add.", OPEN))

    class Meta:
        db_table_comment = says("The role table, as the policies read it.", OPEN)


class Proposal(Row):
    """The role table as some version of the code shipped it. Rows are added and never changed."""

    fingerprint = models.CharField(
        max_length=64, db_comment=says("SHA-256 of the cells in their order.", OPEN)
    )
    cells = models.JSONField(db_comment=says("Every cell of it.", OPEN))
    brought_at = models.DateTimeField(auto_now_add=True, db_comment=says("When it came.", OPEN))

    class Meta:
        db_table_comment = says("Role tables that were shipped, the newest last.", OPEN)


class Approval(models.Model):
    """That the data-protection officer approved one of them. Rows are added and never changed."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    proposal = models.OneToOneField(
        Proposal,
        on_delete=models.PROTECT,
        related_name="approval",
        db_comment=says("Which table.", OPEN),
    )
    approved_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who.", STAFF)
    )
    approved_at = models.DateTimeField(db_comment=says("When.", OPEN))
    reason = models.CharField(max_length=500, db_comment=says("Why.", STAFF))

    class Meta:
        db_table_comment = says("Which role tables were approved, when and why.", STAFF)
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="access_approval_says_why"
            )
        ]
