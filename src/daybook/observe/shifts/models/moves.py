"""What those who sent somebody away still wish the next team to know."""

from django.db import models
from django.db.models import Q

from daybook.foundation.people.models import Person
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, says
from daybook.observe.reflections.models.strikes import Strikable


class LastNote(Strikable):
    """A last note after a move, by whoever knew the person there."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="last_notes",
        db_comment=says("About whom.", PERSONAL),
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("The unit that was left.", PERSONAL),
    )
    words = models.CharField(max_length=1000, db_comment=says("What to know.", INTIMATE))
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When it was signed.", STAFF))

    class Meta:
        db_table_comment = says("Last notes after a move.", INTIMATE)
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="shifts_lastnote_says_something")
        ]
        indexes = [models.Index(fields=["person", "-written_at"], name="shifts_lastnote_of")]
