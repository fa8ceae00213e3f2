"""What this app's signed records are to the log (``foundation/audit/commitments.py``)."""

from daybook.foundation.audit.commitments import Part, Signed

COPIED = ("copied_at", "copied_by_id", "copied_how", "copied_said")
SIGNED = (
    # Signed once, with everything that stands on it.
    Signed(
        "assessments_sheet",
        parts=(
            Part("assessments_basis", "sheet_id"),
            Part("assessments_sheetanswer", "sheet_id"),
            Part("assessments_account", "sheet_id"),
        ),
    ),
    Signed("assessments_talk"),
    Signed("assessments_closing", changes=COPIED),
)
