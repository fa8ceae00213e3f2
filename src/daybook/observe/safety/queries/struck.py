"""What was written for somebody's safety on the wrong page: struck once it no longer stands."""

from daybook.foundation.access.roles import Compartment
from daybook.observe.reflections.striking import Kept
from daybook.observe.reflections.vocabulary import Entered

from ..models import Concern, Plan, UnlockNote

SAFETY = Compartment.SAFETY
KEPT = {
    Entered.UNLOCK: Kept(
        UnlockNote, "written_by", "written_at",
        {"instruction": "fact", "reason": "reading", "ended_because": "did"},
        ends=("ended_at",), parts={"safety_review": ("words",)}, compartment=SAFETY,
    ),
    Entered.CONCERN: Kept(
        Concern, "raised_by", "raised_at", {"words": "fact", "ended_words": "did"},
        ends=("ended_at",), compartment=SAFETY,
    ),
    Entered.PLAN: Kept(
        Plan, "made_by", "made_at",
        {"what": "did", "who": "did", "helps": "own", "handed_back_because": "did"},
        ends=("replaced_at", "handed_back_at"),
        parts={"safety_review": ("words",), "safety_check": ("words",)}, compartment=SAFETY,
    ),
}  # fmt: skip
