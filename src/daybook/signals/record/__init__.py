"""What a person's daily record can say, once raters' habits and the wing's weather are taken off.

Each test describes a record, says how surely, and how often chance alone would show as much. None
says anything of what a person is, means or will do. ADR 0035 says why this method.
"""

from daybook.signals.record.apart import Apart, Sizes, apart
from daybook.signals.record.before import before_dates
from daybook.signals.record.beside import Beside, beside
from daybook.signals.record.chance import Found
from daybook.signals.record.observers import observers_apart
from daybook.signals.record.own import Own
from daybook.signals.record.points import Steps
from daybook.signals.record.quality import Quality, quality
from daybook.signals.record.settings import settings_apart
from daybook.signals.record.written import Written

__all__ = [
    "Apart",
    "Beside",
    "Found",
    "Own",
    "Quality",
    "Sizes",
    "Steps",
    "Written",
    "apart",
    "before_dates",
    "beside",
    "observers_apart",
    "quality",
    "settings_apart",
]
