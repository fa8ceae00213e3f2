"""What this app's signed records are to the log (``foundation/audit/commitments.py``)."""

from daybook.foundation.audit.commitments import Signed

SIGNED = (Signed("cases_casereview"),)
