"""Who has a copy, and what rests on a concern: both hear of it when it ends."""

from django.db import models
from django.db.models import Q

from daybook.foundation.people import columns
from daybook.foundation.terms.columns import OPEN, PERSONAL, says

from .concerns import Concern


def _concern() -> "models.ForeignKey[Concern, Concern]":
    return models.ForeignKey(
        Concern,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Of which concern.", OPEN),
    )


class Copy(models.Model):
    """That somebody was given what a concern says: with its handling code and conditions."""

    id = columns.key()
    concern = _concern()
    person = columns.person()
    staff = columns.staff("Which colleague has it.", null=True, blank=True)
    recipient = columns.words("Or who outside.", 200, blank=True)
    purpose = columns.words("What for.", 500)
    legal_basis = columns.words("On which law.", 300)
    scheme = models.CharField(max_length=16, db_comment=says("Graded by which scheme.", OPEN))
    handling = models.CharField(
        max_length=4, db_comment=says("How it must be handled, by its code.", OPEN)
    )
    conditions = columns.words("Conditions that went with it.", 500, blank=True)
    recalled_at = columns.at(
        "When the recipient had to be told that it ended.", null=True, blank=True
    )
    told_at = columns.at("When the recipient was told.", null=True, blank=True)
    told_by = columns.staff("By whom.", null=True, blank=True)
    told_how = columns.words("How.", 300, blank=True)
    written_by = columns.staff("Who gave it.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("Who received what a concern says, on which condition.", PERSONAL)
        constraints = [
            models.CheckConstraint(
                condition=Q(staff__isnull=False, recipient="")
                | Q(staff__isnull=True) & ~Q(recipient=""),
                name="information_copy_given_to_one",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(legal_basis=""),
                name="information_copy_says_what_for_and_why",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by__isnull=True, told_how="")
                | Q(recalled_at__isnull=False, told_at__isnull=False, told_by__isnull=False)
                & ~Q(told_how=""),
                name="information_copy_told_when_by_whom_and_how",
            ),
        ]
        indexes = [
            models.Index(fields=["concern"], name="information_copy_of"),
            models.Index(fields=["staff"], name="information_copy_to"),
        ]


class Use(models.Model):
    """That a decision rests on a concern. The database lets nothing rest on an unconfirmed one."""

    id = columns.key()
    concern = _concern()
    person = columns.person()
    kind = models.CharField(max_length=24, db_comment=says("What kind of record uses it.", OPEN))
    record = models.UUIDField(db_comment=says("Key of that record.", OPEN))
    why = columns.words("What it was used for.", 500)
    reopened_at = columns.at("When the concern ended under it.", null=True, blank=True)
    looked_at = columns.at("When it was looked at again.", null=True, blank=True)
    looked_by = columns.staff("By whom.", null=True, blank=True)
    looked_words = columns.words("What came of that.", 1000, blank=True)
    written_by = columns.staff("Who used it.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says(
            "Decisions that rest on a concern, reopened when it ends.", PERSONAL
        )
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "kind", "record"], name="information_use_once"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="information_use_says_why"),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True, looked_by__isnull=True, looked_words="")
                | Q(reopened_at__isnull=False, looked_at__isnull=False, looked_by__isnull=False)
                & ~Q(looked_words=""),
                name="information_use_looked_at_when_by_whom_and_how",
            ),
        ]
        indexes = [models.Index(fields=["written_by"], name="information_use_by")]
