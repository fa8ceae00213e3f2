"""What this app keeps about people, and how long."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, records

from . import models

SHORT = Limit(12, 6, 6, Begins.RELEASE)

PERSON = Kept(
    "person",
    _("name, numbers and stays"),
    models.Person,
    Limit(12, 6, 6, Begins.LAST),
    day="",
    person="id",
    compartment="identity",
    settles=None,
    parts=(
        Part(models.Identifier, "person_id"),
        Part(models.SearchWord, "person_id"),
        Part(models.LegalStatus, "person_id"),
        Part(models.KeyDate, "person_id"),
        Part(models.Stay, "person_id"),
        Part(models.Cover, "person_id"),
        Part(models.PersonalOfficer, "person_id", parts=(Part(models.Cover, "assignment_id"),)),
    ),
)
ESCORT = Kept(
    "escort", _("escort"), models.Escort, SHORT, day="left_at", compartment="wing", settles=None
)
COMING = Kept(
    "coming",
    _("what was ahead"),
    models.Coming,
    Limit(12, 6, 6, Begins.ENTRY),
    day="at",
    compartment="wing",
    settles=None,
)


def register() -> None:
    records.register(PERSON, ESCORT, COMING)
