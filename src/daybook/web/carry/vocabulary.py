"""What became of an entry that arrived."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    SAVED = "saved", _("Saved.")
    REFUSED = "refused", _("It could not be saved as it is.")
    HALF = "half", _("It was half written when the screen locked.")
    LATE = "late", _("It was on its way for more than two days: say which day it is about.")
    CLOCK = "clock", _("The clock of the device was changed: say which day it is about.")
    DISCARDED = "discarded", _("Discarded by whoever wrote it.")
    RAN_OUT = "ran-out", _("Nobody looked at it in time.")


WAITING = (Outcome.REFUSED, Outcome.HALF, Outcome.LATE, Outcome.CLOCK)
"""Its author has still to look, and to save or discard it."""

ENDED = (Outcome.SAVED, Outcome.DISCARDED, Outcome.RAN_OUT)
"""Nothing is left of its words here: they stand with the person, or nowhere."""
