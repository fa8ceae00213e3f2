"""Loading a definition: a version once, and never a second text under the same version."""

from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils import timezone

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
def retire(key: str) -> int:
    """Offer no version of this instrument any more; gives how many were offered. What was
    answered on them stays, and can be read."""
    return Definition.objects.filter(key=key, retired_at__isnull=True).update(
        retired_at=timezone.now()
    )


def shipped() -> list[Instrument]:
    """What was written for Daybook, and references to tools that are kept elsewhere."""
    home = files(__package__) / "shipped"
    found = sorted(home.iterdir(), key=lambda each: each.name)
    return [read(each.read_text("utf-8")) for each in found if each.name.endswith(".yaml")]


def load_shipped(**_signal: Any) -> None:
    """Load what this release ships. Retired ones stay retired: their version is there."""
    for instrument in shipped():
        load(instrument)
