"""What is signed here, and what of it may still change: the log commits to the rest."""

from daybook.foundation.audit.commitments import Signed

SIGNED = (
    Signed("confidences_confidence", changes=("struck_at", "struck_because")),
    Signed("confidences_addition"),
    Signed("confidences_source"),
    Signed("confidences_question"),
    Signed("confidences_answer"),
)
