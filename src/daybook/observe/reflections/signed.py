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
    Signed(
        "reflections_usualpattern",
        changes=("replaced_at", *STRUCK),
        parts=(Part("reflections_earlysign", "pattern_id", changes=STRUCK),),
    ),
    Signed("reflections_told", changes=STRUCK),
    Signed("reflections_answer", changes=STRUCK),
    Signed("reflections_strength", changes=STRUCK),
    # Signed as it closes, with everything that was said in it.
    Signed(
        "reflections_meeting",
        parts=(
            Part("reflections_meetingperson", "meeting_id"),
            Part(
                "reflections_explanation",
                "discussion_id",
                through=("reflections_meetingperson", "meeting_id"),
            ),
            Part("reflections_takenasusual", "meeting_id"),
        ),
    ),
    Signed("reflections_strike"),
)
