"""What is usual for somebody, written with them."""

from django.db import models
from django.db.models import Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, says

from .strikes import Strikable


class UsualPattern(Strikable):
    """The usual pattern, in both voices. A new one replaces the old, which stays readable."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="usual_patterns",
        db_comment=says("Whose.", PERSONAL),
    )
    words = models.TextField(db_comment=says("What staff know as usual.", INTIMATE))
    own_words = models.TextField(blank=True, db_comment=says("How the person puts it.", INTIMATE))
    agreed_with_person = models.BooleanField(
        default=False, db_comment=says("Written together and agreed.", INTIMATE)
    )
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When.", STAFF))
    review_on = models.DateField(db_comment=says("When to look at it together again.", PERSONAL))
    replaced_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When a newer one took its place.", STAFF)
    )

    class Meta:
        db_table_comment = says("Usual patterns.", INTIMATE)
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(replaced_at__isnull=True, struck_at__isnull=True),
                name="reflections_usualpattern_one_now",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="reflections_usual_says_something"),
        ]


class EarlySign(Strikable):
    """A sign that is this person's own, and what was agreed to do when it shows."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    pattern = models.ForeignKey(
        UsualPattern,
        on_delete=models.PROTECT,
        related_name="signs",
        db_comment=says("The pattern it belongs to.", INTIMATE),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Whose.", PERSONAL),
    )
    sign = models.CharField(max_length=300, db_comment=says("What shows first.", INTIMATE))
    response = models.CharField(
        max_length=300, db_comment=says("What was agreed to do then.", INTIMATE)
    )
    position = models.PositiveSmallIntegerField(default=0, db_comment=says("Order.", OPEN))

    class Meta:
        db_table_comment = says("Early signs with the agreed response.", INTIMATE)
        ordering = ["position"]
