"""The log of a shift, and who has read it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import people_on
from daybook.foundation.registry.providers import Happened, shift
from daybook.foundation.staff.models import short_name

from ..models import Signature
from ..rules.handover import Log, Span, in_order


@dataclass(frozen=True, slots=True)
class Read:
    """Somebody's signature: how far the log went when they read it."""

    staff_id: int
    who: str
    until: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class ShiftLog:
    """A log, and apart from it what came after the viewer had signed."""

    log: Log
    since_signed: Log


def log_of(span: Span, unit_id: int, *, viewer: Viewer, signed: Read | None = None) -> ShiftLog:
    """What every app that registered tells of a shift, as far as the viewer reaches."""
    # Many are read to find the few of whom there is something to tell: those are noted.
    with viewer.unseen():
        happened: list[Happened] = [
            each
            for provider in shift
            for each in provider(viewer=viewer, unit_id=unit_id, since=span.since, until=span.until)
        ]
        here = people_on(unit_id, viewer=viewer, compartment=Compartment.WING)
    viewer.saw("log of the shift", [each.person_id for each in happened if each.person_id])
    people = [(line.id, f"{line.cell} {line.name}".strip()) for line in here]
    read = [each for each in happened if signed is None or each.at < signed.until]
    later = [each for each in happened if signed is not None and each.at >= signed.until]
    return ShiftLog(in_order(read, people), in_order(later, people))


def read_by(span: Span, unit_id: int) -> list[Read]:
    """Who has signed for the log of one shift, in the order they did."""
    return readers(unit_id, since=span.day, until=span.day).get((span.day, span.shift.value), [])


def readers(unit_id: int, *, since: date, until: date) -> dict[tuple[date, str], list[Read]]:
    """Who has signed, by the day and name of the shift."""
    found: dict[tuple[date, str], list[Read]] = defaultdict(list)
    for day, name, staff, given, family, read_until, at in (
        Signature.objects.filter(unit_id=unit_id, day__range=(since, until))
        .order_by("written_at")
        .values_list(
            "day", "shift", "written_by_id", "written_by__given_name", "written_by__family_name",
            "read_until", "written_at",
        )
    ):  # fmt: skip
        found[day, name].append(Read(staff, short_name(given, family), read_until, at))
    return found
