"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Then, records

from . import models

LIMIT = Limit(60, 12, 24, Begins.RELEASE, Then.REVIEW)

REQUEST = Kept(
    "access-request",
    _("request for everything that is kept"),
    models.AccessRequest,
    LIMIT,
    day="decided_at",
    compartment="complaints",
    parts=(Part(models.Disclosure, "request_id"),),
)
DISCLOSURE = Kept(
    "disclosure",
    _("what was given to whom"),
    models.Disclosure,
    LIMIT,
    day="given_at",
    compartment="complaints",
)


def register() -> None:
    records.register(REQUEST, DISCLOSURE)
