"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, records

from . import models

# Whoever asks for everything about themself is given this too: it is their own word. Data
# protection alone gathers it (``foundation/disclosures/everything.sql``), nobody who works with
# the person.
DECLARATION = Kept(
    "declaration",
    _("what the person says of themself"),
    models.Declaration,
    Limit(6, 6, 6, Begins.RELEASE),
    day="declared_at",
    compartment="equality",
    settles=("said", "withdrawn_at"),
    own_lock=True,
)


def register() -> None:
    records.register(DECLARATION)
