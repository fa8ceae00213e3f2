"""What this app keeps about people, and how long: from the end of a review, shorter for the
protected, and looked at before it goes."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Then, Trace, records

from . import models

WITHHELD = _(
    "It may name others, or what they said of the person. Data protection weighs what of it the "
    "person is given."
)
REVIEW = Kept(
    "joint-review",
    _("joint review"),
    models.Review,
    Limit(24, 6, 12, Begins.END, Then.REVIEW),
    day="written_at",
    ends="ended_at",
    compartment="casework",
    settles=("rating_since", "matrix_since", "ended_at", "given_up_by_id", "given_up_because"),
    own_lock=True,
    parts=(
        Part(models.MemberMarks, "review_id", own_lock=True),
        Part(models.Note, "review_id"),
        Part(
            models.HypothesisTest,
            "review_id",
            settles=("dropped_at", "dropped_by_id"),
            own_lock=True,
        ),
        Part(
            models.Evidence,
            "review_id",
            settles=("struck_at", "struck_because"),
            own_lock=True,
        ),
        Part(
            models.Hypothesis,
            "review_id",
            settles=("against", "dropped_at", "dropped_by_id", "dropped_because"),
            own_lock=True,
        ),
        Part(models.SaidSince, "review_id"),
        Part(models.Closing, "review_id"),
        # Worked out anew while the review goes on, by Daybook alone.
        Part(models.RecordReading, "review_id", own_lock=True),
        Part(models.RecordQuality, "review_id", own_lock=True),
        Part(
            models.Member,
            "review_id",
            settles=("accepted_at", "finished_at", "left_at"),
            own_lock=True,
        ),
    ),
    withheld=WITHHELD,
)


# What was laid from a record says again what that said: it goes when that is erased.
LAID = Trace(
    models.Evidence,
    by=("record",),
    parts=(
        Part(models.MemberMarks, "evidence_id"),
        Part(models.Note, "evidence_id"),
        Part(models.HypothesisTest, "evidence_id"),
    ),
)


def register() -> None:
    records.register(REVIEW)
    records.leaves(LAID)
