"""What might explain the record, side by side, and what could speak against each."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.terms.columns import INTIMATE, OPEN, one_of, says

from ..vocabulary import STANDING, STAYS, Explanation
from . import columns


class Hypothesis(models.Model):
    """One explanation. Eight stand from the start; a team adds its own."""

    id = columns.key()
    review = columns.review()
    person = columns.person()
    slug = models.CharField(max_length=40, db_comment=says("Its name within the review.", OPEN))
    kind = columns.word("Which of the standing ones, or the team’s own.", Explanation)
    words = columns.words("The team’s own words for it.", 200, blank=True)
    against = columns.words("What would speak against it, says the team.", 1000, blank=True)
    keeps_hidden = models.BooleanField(
        db_default=False,
        db_comment=says("Whether the team’s own says that something is kept hidden.", INTIMATE),
    )
    written_by = columns.staff("Who added it.")
    written_at = columns.at("When.")
    dropped_at = columns.later("When the team took it off.")
    dropped_by = columns.staff("Who did.", null=True, blank=True)
    dropped_because = columns.words("Why.", 300, blank=True)

    class Meta:
        db_table_comment = says("Competing explanations within a joint review.", INTIMATE)
        constraints = [
            one_of("kind", Explanation, table="reviews_hypothesis"),
            models.UniqueConstraint(fields=["review", "slug"], name="reviews_hypothesis_slug_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in STANDING], slug=F("kind"), words="")
                | Q(kind=Explanation.OWN, slug__startswith="own-") & ~Q(words=""),
                name="reviews_hypothesis_standing_or_own",
            ),
            models.CheckConstraint(
                condition=Q(kind=Explanation.OWN) | Q(keeps_hidden=False),
                name="reviews_hypothesis_own_ones_are_asked",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | ~Q(kind__in=[kind.value for kind in STAYS]),
                name="reviews_hypothesis_stays",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True, dropped_because="")
                | Q(dropped_at__isnull=False, dropped_by__isnull=False) & ~Q(dropped_because=""),
                name="reviews_hypothesis_dropped_by_somebody_for_a_reason",
            ),
        ]


class HypothesisTest(models.Model):
    """That an item could have spoken against an explanation, had it turned out otherwise."""

    id = columns.key()
    review = columns.review()
    person = columns.person()
    hypothesis = columns.part_of("Hypothesis", "Which explanation it tests.")
    evidence = columns.part_of("Evidence", "By which item.")
    written_by = columns.staff("Who said so.")
    written_at = columns.at("When.")
    dropped_at = columns.later("When it was taken back.")
    dropped_by = columns.staff("By whom.", null=True, blank=True)

    class Meta:
        db_table_comment = says("Items that could have spoken against an explanation.", INTIMATE)
        constraints = [
            models.UniqueConstraint(
                fields=["hypothesis", "evidence"],
                condition=Q(dropped_at__isnull=True),
                name="reviews_hypothesistest_once",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False),
                name="reviews_hypothesistest_taken_back_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["review"], name="reviews_hypothesistest_in")]
