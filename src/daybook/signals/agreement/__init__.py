"""Do raters agree? Every coefficient comes with an interval over the units that were rated.

A grid has a row for each unit (person, case) and a column for each rater, NaN where that rater
did not rate; a table of counts has a column for each category instead.
"""

from daybook.signals.agreement.cohen import Weighting, cohen
from daybook.signals.agreement.counts import fleiss, gwet
from daybook.signals.agreement.icc import FORMS, icc
from daybook.signals.agreement.krippendorff import LEVELS, krippendorff

__all__ = ["FORMS", "LEVELS", "Weighting", "cohen", "fleiss", "gwet", "icc", "krippendorff"]
