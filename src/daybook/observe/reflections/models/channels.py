"""What is asked each day: a few channels, each between two anchoring words."""

from django.db import models
from django.utils.translation import gettext

from daybook.foundation.terms.columns import OPEN, Row, says


class Channel(Row):
    """A service may rename a channel, add one, or retire one; its ratings stay."""

    key = models.SlugField(unique=True, db_comment=says("Short name in imports.", OPEN))
    name = models.CharField(max_length=60, db_comment=says("What is asked.", OPEN))
    low = models.CharField(max_length=40, db_comment=says("Word at step 1.", OPEN))
    high = models.CharField(max_length=40, db_comment=says("Word at step 5.", OPEN))
    position = models.PositiveSmallIntegerField(db_comment=says("Order on the form.", OPEN))
    retired_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("Since when it is no longer asked.", OPEN)
    )

    class Meta:
        db_table_comment = says("The channels of a reflection.", OPEN)
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return gettext(self.name)


class EarlierWords(Row):
    """What a channel was called until it was renamed: an entry keeps what it was asked."""

    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        related_name="earlier_words",
        db_comment=says("Which channel.", OPEN),
    )
    name = models.CharField(max_length=60, db_comment=says("What was asked.", OPEN))
    low = models.CharField(max_length=40, db_comment=says("Word at step 1, then.", OPEN))
    high = models.CharField(max_length=40, db_comment=says("Word at step 5, then.", OPEN))
    until = models.DateTimeField(db_comment=says("When it was renamed.", OPEN))

    class Meta:
        db_table_comment = says("Earlier names of the channels.", OPEN)
        ordering = ["until", "id"]
