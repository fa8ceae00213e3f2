"""What this app keeps about people, and how long: drafts that wait for their author."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Trace, records

from . import models

ARRIVAL = Kept(
    "arrival",
    _("what was carried without the network"),
    models.Arrival,
    Limit(6, 3, 3, Begins.ENTRY),
    day="arrived_at",
    compartment="wing",
    settles=None,
    withheld=_("Nobody has signed it: once signed, it stands with what was written."),
)


def register() -> None:
    records.register(ARRIVAL)
    records.leaves(Trace(models.Arrival, by=("id",)))
