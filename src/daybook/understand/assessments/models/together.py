"""What two assessors make of it together, and what is written at the close."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.columns import at, key, person, staff, word, words
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, one_of, says

from ..vocabulary import OwnView
from .assessments import Assessment
from .sheets import LONGEST


class Talk(models.Model):
    """What was said about one item on which the sheets differ: agreed, or the dissent as it is."""

    id = key()
    assessment = models.ForeignKey(
        Assessment,
        on_delete=models.PROTECT,
        related_name="talks",
        db_comment=says("Of which assessment.", OPEN),
    )
    person = person()
    item = models.CharField(max_length=40, db_comment=says("About which item.", OPEN))
    answer = models.CharField(
        max_length=40,
        blank=True,
        db_comment=says("What they agree on; empty where they go on differing.", INTIMATE),
    )
    words = words("Why so, or how each sees it.", 2000)
    written_by = staff("Who wrote it down.")
    written_at = at("When.")

    class Meta:
        db_table_comment = says("What assessors agreed, and where they differ.", INTIMATE)
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="assessments_talk_says_something"),
        ]
        indexes = [models.Index(fields=["assessment", "item"], name="assessments_talk_about")]


class Closing(models.Model):
    """How it ends: what it means for needs, what is done, the person's own view, their copy."""

    id = key()
    assessment = models.OneToOneField(
        Assessment,
        on_delete=models.PROTECT,
        related_name="closing",
        db_comment=says("Of which assessment.", OPEN),
    )
    person = person()
    summary = words("What was found, in plain words, as the person reads it.", LONGEST)
    needs = words("What is needed.", 2000)
    support = words("What is done to support, and by whom.", 2000)
    own_view = word("Whether the person says how they see it.", OwnView, longest=24)
    own_words = words("The person’s own view, in their words.", LONGEST, blank=True)
    again_on = models.DateField(
        db_comment=says("The day it is due again; it is old from then on.", PERSONAL)
    )
    closed_by = staff("Who closed it.")
    closed_at = at("When.")
    copied_at = at("When the person got their copy.", null=True, blank=True)
    copied_by = staff("Who gave it to them.", null=True, blank=True)
    copied_how = words("How: read together, with an interpreter, on paper.", 200, blank=True)
    copied_said = words("What they said to it, in their words.", LONGEST, blank=True)

    class Meta:
        db_table_comment = says("How assessments ended, in plain words.", INTIMATE)
        constraints = [
            one_of("own_view", OwnView, table="assessments_closing"),
            models.CheckConstraint(
                condition=~Q(summary="") & ~Q(needs="") & ~Q(support=""),
                name="assessments_closing_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(own_view=OwnView.SAID) & ~Q(own_words="")
                | ~Q(own_view=OwnView.SAID) & Q(own_words=""),
                name="assessments_closing_has_the_person_s_view",
            ),
            models.CheckConstraint(
                condition=Q(copied_at__isnull=True, copied_by__isnull=True, copied_how="")
                | Q(copied_at__gte=F("closed_at"), copied_by__isnull=False) & ~Q(copied_how=""),
                name="assessments_closing_copied_by_somebody",
            ),
        ]
