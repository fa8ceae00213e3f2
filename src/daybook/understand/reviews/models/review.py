"""A joint review, and who takes part in it."""

from django.db import models
from django.db.models import Q

from daybook.foundation.terms.columns import PERSONAL, STAFF, says

from ..vocabulary import PARTS
from . import columns


class Review(models.Model):
    """One question about one person, looked at by people in at least two roles.

    It gathers evidence, then each member rates alone, then the matrix opens to all, and it ends:
    closed with a next look, or given up for a reason.
    """

    id = columns.key()
    person = columns.person()
    question = columns.words("What the team asks, in its own words.", 500)
    written_by = columns.staff("Who opened it.")
    written_at = columns.at("When it was opened.")
    rating_since = columns.later("When the evidence was closed and rating alone began.")
    matrix_since = columns.later("When what each had rated opened to all.")
    ended_at = columns.later("When it was closed, or given up.")
    given_up_by = columns.staff("Who gave it up, where it wasn’t closed.", null=True, blank=True)
    given_up_because = columns.words("Why it was given up.", 500, blank=True)

    class Meta:
        db_table_comment = says("Joint reviews: a question, several roles, a next look.", PERSONAL)
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="reviews_review_asks_something"),
            models.CheckConstraint(
                condition=Q(matrix_since__isnull=True) | Q(rating_since__isnull=False),
                name="reviews_review_rated_before_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(given_up_by__isnull=True, given_up_because="")
                | Q(given_up_by__isnull=False, ended_at__isnull=False) & ~Q(given_up_because=""),
                name="reviews_review_given_up_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(given_up_by__isnull=False)
                | Q(matrix_since__isnull=False),
                name="reviews_review_closed_once_it_was_open",
            ),
        ]
        indexes = [models.Index(fields=["person", "-written_at"], name="reviews_review_of")]


class Member(models.Model):
    """Somebody who was asked to take part. They say yes themselves, or no without a reason."""

    id = columns.key()
    review = columns.review()
    person = columns.person()
    staff = columns.staff("Who takes part.")
    part = models.CharField(max_length=40, db_comment=says("In the name of which role.", STAFF))
    written_by = columns.staff("Who asked them.")
    written_at = columns.at("When they were asked.")
    accepted_at = columns.later("When they said yes.")
    finished_at = columns.later("When they signed what they had rated alone.")
    left_at = columns.later("When they said no, left, or were no longer asked.")

    class Meta:
        db_table_comment = says("Who takes part in a joint review.", PERSONAL)
        constraints = [
            models.UniqueConstraint(
                fields=["review", "staff"],
                condition=Q(left_at__isnull=True),
                name="reviews_member_once",
            ),
            models.CheckConstraint(
                condition=Q(part__in=sorted(PARTS)), name="reviews_member_part_known"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(accepted_at__isnull=False),
                name="reviews_member_accepted_before_rating",
            ),
        ]
        indexes = [
            models.Index(
                fields=["staff"], condition=Q(left_at__isnull=True), name="reviews_member_mine"
            )
        ]
