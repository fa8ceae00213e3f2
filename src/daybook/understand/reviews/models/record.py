"""What a person's daily record can say to a review, worked out by Daybook itself."""

from django.db import models
from django.db.models import Q

from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, one_of, says
from daybook.observe.reflections.models import Channel

from ..vocabulary import Asked, Silent
from . import columns


def _steps(meaning: str) -> "models.FloatField[float | None, float | None]":
    return models.FloatField(null=True, db_comment=says(meaning, INTIMATE))


def _count(meaning: str) -> "models.PositiveIntegerField[int, int]":
    return models.PositiveIntegerField(default=0, db_comment=says(meaning, INTIMATE))


class RecordReading(models.Model):
    """One question to the record on one channel, and its answer: a value, or why there is none.

    Read again each night while the review goes on, from what stands that night.
    """

    id = columns.key()
    review = columns.review()
    person = columns.person()
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="+", db_comment=says("Which channel.", OPEN)
    )
    asked = columns.word("What was asked of the record.", Asked)
    setting = models.CharField(
        max_length=12, blank=True, db_comment=says("Which setting, beside the wing.", INTIMATE)
    )
    silent = columns.word("Why nothing can be said, where that is so.", Silent, blank=True)
    value = _steps("How much, in steps.")
    low = _steps("Lower end of its interval.")
    high = _steps("Upper end of its interval.")
    by_chance = _steps("How often of 100 chance alone would show as much.")
    first = _count("Ratings on one side, or observers.")
    second = _count("Ratings on the other side, or of all observers.")
    wing_people = _count("Of how many others of the wing the same was asked.")
    wing_low = _steps("Below it lies a quarter of them.")
    wing_middle = _steps("Below it lies half of them.")
    wing_high = _steps("Above it lies a quarter of them.")
    made_at = columns.at("When.")

    class Meta:
        db_table_comment = says("What daily records can say to joint reviews.", INTIMATE)
        constraints = [
            one_of("asked", Asked, table="reviews_recordreading"),
            models.UniqueConstraint(
                fields=["review", "asked", "setting", "channel"], name="reviews_recordreading_once"
            ),
            models.CheckConstraint(
                condition=Q(silent="", value__isnull=False, by_chance__range=(0, 100))
                | Q(silent__in=Silent.values, value__isnull=True, by_chance__isnull=True),
                name="reviews_recordreading_says_or_says_why_not",
            ),
        ]


class RecordQuality(models.Model):
    """How good the record is that a review reads: counted, and never a sign of anything else."""

    id = columns.key()
    review = models.OneToOneField(
        "reviews.Review",
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Of which joint review.", OPEN),
    )
    person = columns.person()
    since = models.DateField(db_comment=says("The first day that was looked at.", PERSONAL))
    until = models.DateField(db_comment=says("The last one.", PERSONAL))
    entries = _count("How many entries were written.")
    two_touches = _count("How many say contact and as usual, and nothing else.")
    days = _count("On how many days.")
    longest_gap = _count("Days in a row without an entry, at most.")
    observers = _count("By how many members of staff.")
    settings = _count("In how many settings.")
    one_value = models.JSONField(
        default=dict,
        db_comment=says("By channel: ratings of its commonest value, of how many.", INTIMATE),
    )
    made_at = columns.at("When.")

    class Meta:
        db_table_comment = says("How good the records are that joint reviews read.", INTIMATE)
