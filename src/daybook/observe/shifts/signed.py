"""What this app's signed records are to the log (``foundation/audit/commitments.py``)."""

from daybook.foundation.audit.commitments import Signed

STRUCK = ("struck_at",)
SIGNED = (
    Signed("shifts_request", changes=("ended_at", *STRUCK)),
    Signed("shifts_requeststep", changes=STRUCK),
    Signed("shifts_sharedevent"),
    # Each for itself: more may have taken part, as somebody says later.
    Signed("shifts_eventpart", changes=STRUCK),
    Signed("shifts_handovernote", changes=STRUCK),
    Signed("shifts_signature"),
    Signed("shifts_lastnote", changes=STRUCK),
)
