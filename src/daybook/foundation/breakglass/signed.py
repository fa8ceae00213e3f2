"""What is signed here, and what of it may still change: the log commits to the rest."""

from daybook.foundation.audit.commitments import Signed

SIGNED = (Signed("breakglass_opening", changes=("closed_at",)), Signed("breakglass_review"))
