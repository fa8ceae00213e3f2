"""Loading a definition: a version once, and never a second text under the same version."""

from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils import timezone

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind

from .definition import Instrument
from .models import Definition
from .reading import read


class VersionTaken(Exception):
    """This version was loaded with another text."""


@transaction.atomic
def load(instrument: Instrument) -> bool:
    """Load a definition; False where it is there already.

    Raises ``VersionTaken`` where the version stands there with another text: answers were given
    on that text, and must be read by it. Runs as the owner of the tables.
    """
    whole = instrument.model_dump(mode="json")
    there = Definition.objects.filter(key=instrument.key, version=instrument.version).first()
    if there is not None:
        if there.whole != whole:
            raise VersionTaken(
                f"{instrument.name}, version {instrument.version}, was loaded with another text. "
                "Answers were given on it. Raise the version, and load it again."
            )
        return False
    Definition.objects.create(
        key=instrument.key,
        version=instrument.version,
        name=instrument.name,
        protocol=instrument.protocol,
        specialist=instrument.specialist,
        whole=whole,
        loaded_at=timezone.now(),
    )
    return True


@transaction.atomic
def bring_in(instrument: Instrument, *, by: Actor | None) -> bool:
    """Load a definition by a named administrator, with an entry in the log."""
    new = load(instrument)
    if new:
        _log(by, Kind.COLLECTION, "instrument loaded", f"{instrument.key} {instrument.version}")
    return new


@transaction.atomic
def take_out(key: str, *, by: Actor | None) -> bool:
    """Offer no version of this instrument any more; False where none was offered. What was
    answered on them stays, and can be read."""
    offered = Definition.objects.filter(key=key, retired_at__isnull=True)
    if not offered.update(retired_at=timezone.now()):
        return False
    _log(by, Kind.ALTERATION, "instrument offered no more", key)
    return True


def _log(by: Actor | None, kind: Kind, subject: str, what: str) -> None:
    record(by=by, kind=kind, subject=subject, record=what)


def shipped() -> list[Instrument]:
    """What was written for Daybook, and references to tools that are kept elsewhere."""
    home = files(__package__) / "shipped"
    found = sorted(home.iterdir(), key=lambda each: each.name)
    return [read(each.read_text("utf-8")) for each in found if each.name.endswith(".yaml")]


def load_shipped(**_signal: Any) -> None:
    """Load what this release ships. Retired ones stay retired: their version is there."""
    for instrument in shipped():
        load(instrument)
