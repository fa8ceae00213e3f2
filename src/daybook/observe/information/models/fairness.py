"""What the governor says to a figure that chance would hardly show, and by when they look again."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people import columns
from daybook.foundation.places.models import Establishment
from daybook.foundation.terms.columns import OPEN, STAFF, says


def _count(meaning: str) -> "models.PositiveIntegerField[int, int]":
    return models.PositiveIntegerField(db_comment=says(meaning, OPEN))


class FairnessAnswer(models.Model):
    """One answer to one comparison, with the figures as they were shown. It never changes."""

    id = columns.key()
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Of which establishment.", OPEN),
    )
    compared = models.CharField(
        max_length=64, db_comment=says("What was compared: measure.whole.group.", OPEN)
    )
    until = models.DateField(db_comment=says("Last day of the twelve months.", OPEN))
    count = _count("How many of the group.")
    among = _count("Out of how many.")
    rest_count = _count("How many of everyone else.")
    rest_among = _count("Out of how many of them.")
    why = models.CharField(
        max_length=2000, db_comment=says("What the governor takes to be behind it.", STAFF)
    )
    doing = models.CharField(max_length=2000, db_comment=says("What is done about it.", STAFF))
    next_look_on = models.DateField(db_comment=says("By when they look again.", STAFF))
    written_by = columns.staff("Which governor.")
    written_at = models.DateTimeField(db_comment=says("When it was signed.", STAFF))

    class Meta:
        db_table_comment = says("What governors answer to unlike figures.", STAFF)
        constraints = [
            models.CheckConstraint(
                condition=~Q(why="") & ~Q(doing=""), name="information_fairnessanswer_says_both"
            ),
            models.CheckConstraint(
                condition=Q(count__lte=F("among"), rest_count__lte=F("rest_among")),
                name="information_fairnessanswer_counts_among",
            ),
        ]
        indexes = [
            models.Index(fields=["establishment", "compared"], name="information_fairness_of")
        ]
