"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, records

from . import models

HOLD = Kept(
    "hold",
    _("hold on erasure"),
    models.Hold,
    Limit(12, 6, 6, Begins.END),
    day="placed_at",
    ends="lifted_at",
    compartment="complaints",
    own_lock=True,
    withheld=_("A complaint or a court asks for it; whoever placed it is asked."),
)


def register() -> None:
    records.register(HOLD)
