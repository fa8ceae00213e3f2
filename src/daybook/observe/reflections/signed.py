"""What this app's signed records are to the log (``foundation/audit/commitments.py``)."""

from daybook.foundation.audit.commitments import Part, Signed

STRUCK = ("struck_at",)
SIGNED = (
    Signed(
        "reflections_reflection",
        changes=("withdrawn_at", *STRUCK),
        parts=(Part("reflections_rating", "reflection_id", changes=("counts", *STRUCK)),),
    ),
    Signed("reflections_addition", changes=STRUCK),
)
