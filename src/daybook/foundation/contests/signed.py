"""What is signed here: the log commits to it."""

from daybook.foundation.audit.commitments import Signed

SIGNED = (Signed("contests_contest"), Signed("contests_settlement"))
