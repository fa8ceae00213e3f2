"""What this app's signed records are to the log (``foundation/audit/commitments.py``)."""

from daybook.foundation.audit.commitments import Signed

STRUCK = ("struck_at",)
SIGNED = (
    Signed(
        "safety_unlocknote",
        changes=("review_on", "ended_at", "ended_by_id", "ended_because", *STRUCK),
    ),
    Signed("safety_review", changes=STRUCK),
    Signed(
        "safety_concern",
        changes=(
            "acknowledged_at", "acknowledged_by_id", "ended_at", "ended_by_id", "ended_how",
            "ended_words", *STRUCK,
        ),
    ),
    Signed(
        "safety_plan",
        changes=(
            "review_on", "replaced_at", "handed_back_at", "handed_back_by_id", "handed_back_to",
            "handed_back_because", *STRUCK,
        ),
    ),
    Signed("safety_check", changes=STRUCK),
    # Signed once it is done.
    Signed("safety_checkin", changes=("withdrawn_at",)),
    Signed("safety_separation", changes=("ended_on", "ended_by_id", "ended_because")),
    Signed("safety_contactday"),
)  # fmt: skip
