"""What this app's signed records are to the log (``foundation/audit/commitments.py``)."""

from daybook.foundation.audit.commitments import Signed

SIGNED = (
    Signed(
        "reviews_review",
        changes=("rating_since", "matrix_since", "ended_at", "given_up_by_id", "given_up_because"),
    ),
    Signed("reviews_member", changes=("accepted_at", "finished_at", "left_at")),
    Signed(
        "reviews_hypothesis", changes=("against", "dropped_at", "dropped_by_id", "dropped_because")
    ),
    Signed("reviews_hypothesistest", changes=("dropped_at", "dropped_by_id")),
    Signed("reviews_evidence", changes=("struck_at", "struck_because")),
    Signed("reviews_note"),
    Signed("reviews_closing"),
    Signed("reviews_saidsince"),
)
