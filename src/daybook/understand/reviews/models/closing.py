"""How a joint review ends: what is least contradicted, what is given, and when to look again; and
what the person says to it once they could be asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, one_of, says

from ..vocabulary import PersonHow, Support
from . import columns


class Closing(models.Model):
    """The end of one review. It fades four weeks after the day it set for the next look."""

    id = columns.key()
    review = models.OneToOneField(
        "reviews.Review",
        on_delete=models.PROTECT,
        related_name="closing",
        db_comment=says("Of which joint review.", OPEN),
    )
    person = columns.person()
    least = ArrayField(
        models.CharField(max_length=40),
        db_comment=says("Least contradicted explanations, by slug, or unknown alone.", INTIMATE),
    )
    because = columns.words("Why, in words.", 2000)
    would_change = columns.words("What would change the team’s mind.", 1000)
    support = columns.word("A chance of trust, or a step of support.", Support)
    support_words = columns.words("Which.", 500)
    next_look = columns.words("What is looked at next.", 500)
    next_on = models.DateField(db_comment=says("By when.", PERSONAL))
    dissent = columns.words("Who sees it otherwise, and how.", 1000, blank=True)
    nobody_differs = models.BooleanField(
        default=False, db_comment=says("Asked, and nobody saw it otherwise.", INTIMATE)
    )
    means_for_harm = columns.words("What it means for keeping people from harm.", 1000)
    means_for_needs = columns.words("What it means for what the person needs.", 1000)
    person_said = columns.words("What the person says to it, in their words.", 2000, blank=True)
    person_how = columns.word("Why that isn’t there.", PersonHow, blank=True)
    person_because = columns.words("Why they could not be asked yet.", 300, blank=True)
    written_by = columns.staff("Who closed it, for the team.")
    written_at = columns.at("When.")
    fades_on = models.DateField(
        db_comment=says("The day after which it drops from view.", PERSONAL)
    )

    class Meta:
        db_table_comment = says("How joint reviews ended.", INTIMATE)
        constraints = [
            one_of("support", Support, table="reviews_closing"),
            models.CheckConstraint(
                condition=~Q(least=[]) & (~Q(least__contains=["unknown"]) | Q(least=["unknown"])),
                name="reviews_closing_least_or_unknown",
            ),
            models.CheckConstraint(
                condition=~Q(because="")
                & ~Q(would_change="")
                & ~Q(support_words="")
                & ~Q(next_look="")
                & ~Q(means_for_harm="")
                & ~Q(means_for_needs=""),
                name="reviews_closing_says_everything",
            ),
            models.CheckConstraint(
                condition=Q(dissent="", nobody_differs=True)
                | ~Q(dissent="") & Q(nobody_differs=False),
                name="reviews_closing_dissent_or_none",
            ),
            models.CheckConstraint(
                condition=Q(person_how="", person_because="") & ~Q(person_said="")
                | Q(person_how=PersonHow.RATHER_NOT, person_said="", person_because="")
                | Q(person_how=PersonHow.NOT_YET, person_said="") & ~Q(person_because=""),
                name="reviews_closing_person_heard_or_why_not",
            ),
        ]
        indexes = [models.Index(fields=["person", "-written_at"], name="reviews_closing_of")]


class SaidSince(models.Model):
    """What the person says to how a review ended, where they could not be asked before it did."""

    id = columns.key()
    review = columns.review()
    person = columns.person()
    words = columns.words("What they say, in their words.", 2000, blank=True)
    rather_not = models.BooleanField(
        default=False, db_comment=says("Asked, and would rather not say.", INTIMATE)
    )
    written_by = columns.staff("Who asked them.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("What people say to joint reviews after they ended.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & Q(rather_not=False) | Q(words="", rather_not=True),
                name="reviews_saidsince_says_or_rather_not",
            )
        ]
        indexes = [models.Index(fields=["review"], name="reviews_saidsince_to")]
