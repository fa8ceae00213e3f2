"""Charts as they were last drawn, so that a board of sixty people is one read."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from daybook.foundation.people.models import Person
from daybook.foundation.places.models import Establishment, Unit
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, one_of, says

from ..vocabulary import ChartState
from .channels import Channel


def _numbers(meaning: str) -> "ArrayField[list[float | None], list[float | None]]":
    return ArrayField(
        models.FloatField(null=True), default=list, db_comment=says(meaning, INTIMATE)
    )


class Picture(models.Model):
    """One channel of one person, with the method and parameters it was drawn with."""

    pk = models.CompositePrimaryKey("person_id", "channel_id")
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="pictures",
        db_comment=says("Whose.", PERSONAL),
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="+", db_comment=says("Which channel.", OPEN)
    )
    state = models.CharField(
        max_length=24, choices=ChartState.choices, db_comment=says("What can be said.", INTIMATE)
    )
    because = models.CharField(
        max_length=120,
        blank=True,
        db_comment=says("Why nothing can be told apart, where that is so.", INTIMATE),
    )
    direction = models.SmallIntegerField(
        null=True, blank=True, db_comment=says("1 higher, -1 lower than their usual.", INTIMATE)
    )
    since = models.DateField(
        null=True, blank=True, db_comment=says("When the change began, about.", INTIMATE)
    )
    noticed_on = models.DateField(
        null=True, blank=True, db_comment=says("The day it could first be seen.", INTIMATE)
    )
    size = models.FloatField(
        null=True, blank=True, db_comment=says("Size of the change, in steps.", INTIMATE)
    )
    wing_share = models.FloatField(
        null=True, blank=True, db_comment=says("Steps that the wing shares.", INTIMATE)
    )
    chance = models.FloatField(
        null=True,
        blank=True,
        db_comment=says("Unchanged people in 100 who would show as much in 120 days.", OPEN),
    )
    usual = models.FloatField(null=True, db_comment=says("Own usual level.", INTIMATE))
    band_low = models.FloatField(null=True, db_comment=says("Lower edge of the band.", INTIMATE))
    band_high = models.FloatField(null=True, db_comment=says("Upper edge of the band.", INTIMATE))
    first_day = models.DateField(db_comment=says("Day of the first number in the lists.", PERSONAL))
    raw = _numbers("Mean step of each day as rated; empty where nobody rated.")
    adjusted = _numbers("The same with raters' habits and the wing's weather taken out.")
    line = _numbers("The smoothed line.")
    method = models.CharField(max_length=60, db_comment=says("Method and version.", OPEN))
    parameters = models.JSONField(default=dict, db_comment=says("What it was drawn with.", OPEN))
    drawn_at = models.DateTimeField(db_comment=says("When.", OPEN))
    drawn_to = models.DateField(db_comment=says("Last day that was known.", OPEN))

    class Meta:
        db_table_comment = says("Charts of change in a person's own record.", INTIMATE)
        constraints = [
            one_of("state", ChartState, table="reflections_picture"),
            models.CheckConstraint(
                condition=Q(direction__isnull=True) | Q(direction__in=[-1, 1]),
                name="reflections_picture_direction_known",
            ),
        ]


class UnitPicture(models.Model):
    """The wing's own weather on one channel, day by day, as a difference from its usual."""

    pk = models.CompositePrimaryKey("unit_id", "channel_id")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", db_comment=says("Which unit.", OPEN)
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="+", db_comment=says("Which channel.", OPEN)
    )
    first_day = models.DateField(db_comment=says("Day of the first number.", OPEN))
    weather = ArrayField(
        models.FloatField(null=True),
        default=list,
        db_comment=says("Steps above or below the unit's usual, a day each.", OPEN),
    )
    drawn_at = models.DateTimeField(db_comment=says("When.", OPEN))

    class Meta:
        db_table_comment = says("The weather of a unit.", OPEN)


class ChartFit(models.Model):
    """How large habits, weather and the rest were found to be, and the limit that follows.

    Found once in two months from everybody's ratings together; nothing about one person is in it.
    """

    key = models.CharField(
        primary_key=True,
        max_length=64,
        db_comment=says("Digest of the ratings, parameters and method it follows from.", OPEN),
    )
    kept = models.BinaryField(db_comment=says("The fit, as the numerics write it.", OPEN))
    made_at = models.DateTimeField(auto_now_add=True, db_comment=says("When.", OPEN))

    class Meta:
        db_table_comment = says("Fits that charts are drawn with.", OPEN)


class ChartDay(models.Model):
    """What the filters of one establishment and channel know after a day: the next run goes on.

    Daybook's own, out of reach of every screen: it only spares work, and can always be made anew.
    It goes the moment one of the ratings in it is changed, struck or erased.
    """

    pk = models.CompositePrimaryKey("establishment_id", "channel_id")
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Which establishment.", OPEN),
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="+", db_comment=says("Which channel.", OPEN)
    )
    day = models.DateField(db_comment=says("The last day that it knows.", OPEN))
    ratings = models.BinaryField(
        db_comment=says("The ratings up to that day, as the numerics read them.", INTIMATE)
    )
    ratings_count = models.PositiveBigIntegerField(db_comment=says("How many they are.", OPEN))
    ratings_sum = models.DecimalField(
        max_digits=40,
        decimal_places=0,
        db_comment=says("Sum of a hash of each: whether they are still the same.", OPEN),
    )
    kept = models.BinaryField(
        db_comment=says("State of the filters, as the numerics write it.", INTIMATE)
    )
    method = models.CharField(max_length=60, db_comment=says("Method and version.", OPEN))
    parameters = models.JSONField(db_comment=says("What it was computed with.", OPEN))
    made_at = models.DateTimeField(db_comment=says("When.", OPEN))

    class Meta:
        db_table_comment = says("Where the charts of each day go on from.", INTIMATE)
