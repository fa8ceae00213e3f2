"""Definitions as pages ask for them. They tell nothing of anybody."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404

from .definition import Instrument
from .models import Definition


@dataclass(frozen=True, slots=True)
class Offered:
    """An instrument that can be used now: its newest version."""

    id: int
    instrument: Instrument


def offered() -> list[Offered]:
    """The newest version of each instrument that is not retired, by name."""
    newest: dict[str, tuple[tuple[int, ...], int]] = {}
    rows = Definition.objects.filter(retired_at__isnull=True).values_list("id", "key", "version")
    for row, key, version in rows:
        newest[key] = max(newest.get(key, ((), 0)), (_order(version), row))
    found = [Offered(row, definition(row)) for _order_, row in newest.values()]
    return sorted(found, key=lambda each: (each.instrument.specialist, each.instrument.name))


@lru_cache(maxsize=256)
def definition(row: int) -> Instrument:
    """One version, by its key in the table; 404 for none. A version never changes, so that a
    process reads it once."""
    whole = Definition.objects.filter(id=row).values_list("whole", flat=True).first()
    if whole is None:
        raise Http404
    return Instrument.model_validate(whole)


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
