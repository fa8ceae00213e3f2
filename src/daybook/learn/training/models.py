"""How each rater used a scale over three months: theirs to read, and nobody else's."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.places.models import Establishment
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import OPEN, STAFF, Row, says
from daybook.observe.reflections.models import Channel


class Habit(Row):
    """What one rater adds to everybody they rate on a channel, with how surely it is known.

    Once it is worked out it stays: a talk looks at the same figures a year later.
    """

    rater = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Whose. Nobody else reads the row.", STAFF),
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Among whose raters.", OPEN),
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="+", db_comment=says("On what.", OPEN)
    )
    month = models.DateField(
        db_comment=says("First day of the last of the three months it is about.", OPEN)
    )
    habit = models.FloatField(db_comment=says("Steps above (+) or below (-) colleagues.", STAFF))
    low = models.FloatField(db_comment=says("Lower end of what it may well be.", STAFF))
    high = models.FloatField(db_comment=says("Upper end of that.", STAFF))
    method = models.CharField(max_length=60, db_comment=says("Method and version.", OPEN))

    class Meta:
        db_table_comment = says("How each rater used a scale over three months.", STAFF)
        constraints = [
            models.UniqueConstraint(
                fields=["rater", "channel", "establishment", "month"],
                name="training_habit_once",
            ),
            models.CheckConstraint(
                condition=Q(low__lte=F("habit"), high__gte=F("habit")),
                name="training_habit_within_its_interval",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="training_habit_of_a_whole_month"
            ),
        ]
