"""What this app's signed records are to the log (``foundation/audit/commitments.py``)."""

from daybook.foundation.audit.commitments import Signed

SIGNED = (
    Signed("information_report"),
    Signed("information_concernstep"),
    Signed("information_grading"),
    Signed("information_levelling"),
    Signed("information_attachment"),
    Signed("information_asking", changes=("reply", "replied_at")),
    Signed(
        "information_account",
        changes=(
            "concern_id", "laid_at", "laid_by_id", "goes_back_to_id", "goes_back_to_report_id",
            "withdrawn_at",
        ),
    ),
    Signed("information_copy", changes=("recalled_at", "told_at", "told_by_id", "told_how")),
    Signed("information_use", changes=("reopened_at", "looked_at", "looked_by_id", "looked_words")),
    Signed("information_enquiry"),
    Signed("information_answer"),
    Signed("information_feedback"),
    Signed("information_urging"),
    Signed("information_protection", changes=("reviewed_at", "reviewed_by_id", "reviewed_words")),
    Signed("information_fairnessanswer"),
)  # fmt: skip
