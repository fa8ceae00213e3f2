"""Acting at once on what is not confirmed yet: shown by the desk, decided by a duty manager."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people import columns
from daybook.foundation.places.models import Establishment
from daybook.foundation.terms.columns import OPEN, PERSONAL, says

from .concerns import Concern


class Protection(models.Model):
    """Acting at once on what is unconfirmed: a named duty manager, for a day at most.

    It is reviewed the day after, by somebody else. Nothing renews it.
    """

    id = columns.key()
    concern = models.ForeignKey(
        Concern,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("On which concern.", OPEN),
    )
    person = columns.person("Whom the step touches.")
    establishment = models.ForeignKey(
        Establishment, on_delete=models.PROTECT, related_name="+", db_comment=says("Where.", OPEN)
    )
    danger = columns.words("Which danger, to whom.", 1000)
    why_now = columns.words("Why it can't wait until it is confirmed.", 1000)
    step = columns.words("The least restrictive step that meets it.", 1000)
    instead_of = columns.words("What milder step was considered, and why not.", 1000)
    until = columns.at("When it ends, a day later at most.")
    review_on = models.DateField(db_comment=says("When it is reviewed: the day after.", OPEN))
    reviewed_at = columns.at("When it was reviewed.", null=True, blank=True)
    reviewed_by = columns.staff("By whom.", null=True, blank=True)
    reviewed_words = columns.words("What the review found.", 1000, blank=True)
    written_by = columns.staff("Which duty manager.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("Urgent steps on unconfirmed information, a day at most.", PERSONAL)
        constraints = [
            models.CheckConstraint(
                condition=~Q(danger="") & ~Q(why_now="") & ~Q(step="") & ~Q(instead_of=""),
                name="information_protection_says_danger_reason_and_step",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("written_at")), name="information_protection_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, reviewed_words="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False)
                & ~Q(reviewed_words="")
                & ~Q(reviewed_by=F("written_by")),
                name="information_protection_reviewed_by_somebody_else",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="information_protection_of")]


class Urging(models.Model):
    """That the desk showed a duty manager an unconfirmed concern, who may read it for a day."""

    id = columns.key()
    concern = models.ForeignKey(
        Concern,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Which concern.", OPEN),
    )
    person = columns.person()
    staff = columns.staff("Which duty manager.")
    why = columns.words("Why at once.", 500)
    written_by = columns.staff("Who showed it.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("Unconfirmed concerns shown to a duty manager at once.", PERSONAL)
        indexes = [models.Index(fields=["staff"], name="information_urging_to")]
