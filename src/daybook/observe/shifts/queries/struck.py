"""What of the shift's book may be struck, or moved to whom it is about."""

from daybook.observe.reflections.striking import Kept
from daybook.observe.reflections.vocabulary import Entered

from ..models import EventPart, HandoverNote, LastNote, Request

KEPT = {
    Entered.REQUEST: Kept(
        Request, "written_by", "written_at", {"asked": "own"},
        parts={"shifts_requeststep": ("words",)},
    ),
    Entered.HANDOVER: Kept(HandoverNote, "written_by", "written_at", {"words": "fact"}),
    Entered.LAST_NOTE: Kept(LastNote, "written_by", "written_at", {"words": "fact"}),
    Entered.PART: Kept(
        EventPart, "written_by", "written_at", {"part": "fact"},
        within={"shifts_sharedevent": ("place", "fact", "reading", "response", "opening")},
    ),
}  # fmt: skip
