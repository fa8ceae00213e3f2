"""Check-ins of the last days, as the arrivals open them; and two people kept apart for a while."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import HEAD_OF_UNIT
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.people.models import Escort, EscortKind, PersonalOfficer, Stay
from daybook.foundation.registry.events import Turn
from daybook.foundation.registry.keys import new_key
from daybook.observe.safety.models import CheckIn, ContactDay, Separation
from daybook.observe.safety.rules.early_days import check_ins
from daybook.observe.safety.vocabulary import ApartFor, LookIn

from .keys import REASON, Filling

LATELY = timedelta(days=8)
SAID = (
    "Had his call home. Wants to know when the canteen sheet comes.",
    "Slept badly, ate a little. Asked for something to read.",
    "Knows nobody here yet. Will be shown the library tomorrow.",
    "Calm. Asked twice about the visit form; we filled it in together.",
)
LITTLE, ENOUGH = 50, 75
"""Minutes of one stretch of contact: two of them are less than two hours, or more."""


def fill(filling: Filling) -> None:
    officers = dict(
        PersonalOfficer.objects.filter(until__isnull=True).values_list("person_id", "staff_id")
    )
    _check_ins(filling, officers)
    _apart(filling, officers)


def _check_ins(filling: Filling, officers: dict[int, int]) -> None:
    now = timezone.now()
    arrivals = Stay.objects.filter(
        began_at__gt=now - LATELY, ended_at__isnull=True, reason="admission"
    ).order_by("began_at", "id")
    rows = []
    for at, (stay, person, began_at) in enumerate(
        arrivals.values_list("id", "person_id", "began_at")
    ):
        for owed in check_ins(Turn.ARRIVED, began_at, told_at=began_at, zone=filling.zone):
            # The newest arrival waits for somebody, as on any evening.
            done = owed.due_at < now and person in officers
            rows.append((
                new_key(), person, owed.occasion, f"stay:{stay}", owed.opens_at, owed.due_at,
                began_at, LookIn.TALKED if done else "", SAID[at % len(SAID)] if done else "",
                officers[person] if done else None,
                owed.due_at - timedelta(hours=1) if done else None,
            ))  # fmt: skip
    for person, turn, came, source in _hard_turns(now):
        for owed in check_ins(turn, came, told_at=came, zone=filling.zone):
            done = owed.due_at < now and person in officers
            rows.append((
                new_key(), person, owed.occasion, source, owed.opens_at, owed.due_at, came,
                LookIn.TALKED if done else "", SAID[person % len(SAID)] if done else "",
                officers[person] if done else None,
                owed.due_at - timedelta(minutes=30) if done else None,
            ))  # fmt: skip
    # And on every unit somebody who had hard news this afternoon.
    heard = now - timedelta(hours=3)
    for unit in dict.fromkeys(Stay.objects.values_list("unit_id", flat=True)):
        somebody = (
            Stay.objects.filter(unit_id=unit, ended_at__isnull=True, person__in=officers)
            .order_by("person_id")
            .values_list("person_id", flat=True)
            .first()
        )
        for owed in check_ins(Turn.BAD_NEWS, heard, told_at=heard, zone=filling.zone):
            if somebody is not None:
                rows.append((
                    new_key(), somebody, owed.occasion, f"call:{somebody}", owed.opens_at,
                    owed.due_at, heard, "", "", None, None,
                ))  # fmt: skip
    add_many(
        CheckIn,
        (
            "id", "person_id", "occasion", "source", "opens_at", "due_at", "opened_at",
            "came_of_it", "words", "done_by_id", "done_at",
        ),
        rows,
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip


def _hard_turns(now: datetime) -> Iterator[tuple[int, Turn, datetime, str]]:
    """Who came back from court these days, and who came from another house."""
    back = Escort.objects.filter(kind=EscortKind.COURT, back_at__gt=now - LATELY)
    for key, person, at in back.order_by("back_at", "id").values_list("id", "person_id", "back_at"):
        if at is not None:
            yield person, Turn.BACK_FROM_COURT, at, f"escort:{key}"
    came = Stay.objects.filter(began_at__gt=now - LATELY, ended_at=None, reason="transfer")
    for stay, person, at in came.order_by("began_at", "id").values_list(
        "id", "person_id", "began_at"
    ):
        yield person, Turn.TRANSFERRED, at, f"stay:{stay}"


def _apart(filling: Filling, officers: dict[int, int]) -> None:
    """One with enough contact on the fourth day; one on the eleventh with too little of it."""
    today, now = timezone.localdate(), timezone.now()
    heads = dict(
        Assignment.objects.filter(role=HEAD_OF_UNIT.key).values_list("unit_id", "staff_id")
    )
    settled = Stay.objects.filter(
        ended_at__isnull=True,
        began_at__lt=now - timedelta(days=30),
        person__in=officers,
        unit__in=heads,
    ).order_by("unit_id", "person_id")
    somebody = list(settled.values_list("unit_id", "person_id"))
    for (unit, person), (days, minutes, ground, reason, instead) in zip(
        (somebody[0], somebody[-1]),
        (
            (3, ENOUGH, ApartFor.OWN_WISH, "Asked for quiet after a row in the kitchen.",
             "A move to another landing was offered, and a talk with both."),
            (10, LITTLE, ApartFor.PROTECTION, "Owes tobacco to two people on the wing.",
             "Debt talked about with all three; another wing has no place before Thursday."),
        ),
        strict=True,
    ):  # fmt: skip
        began = today - timedelta(days=days)
        key = new_key()
        add_many(
            Separation,
            (
                "id", "person_id", "apart_for", "reason", "instead", "remedy", "began_on",
                "until_on", "decided_by_id", "decided_at", "ended_because",
            ),
            [(
                key, person, ground, reason, instead,
                "Told on the day: the complaints box, the visiting judge, his lawyer.",
                began, began + timedelta(days=13), heads[unit or 0],
                filling.morning(began) + timedelta(hours=9), "",
            )],
            by=filling.by,
            reason=REASON,
            key="id",
            person="person_id",
        )  # fmt: skip
        add_many(
            ContactDay,
            (
                "id", "separation_id", "person_id", "day", "minutes", "with_whom",
                "written_by_id", "written_at",
            ),
            [
                (new_key(), key, person, day, minutes, whom, officers[person],
                 filling.morning(day) + timedelta(hours=17))
                for day in _days(began, today)
                for whom in ("exercise with one other", "a talk over tea, door open")
            ],
            by=filling.by,
            reason=REASON,
            key="id",
            person="person_id",
        )  # fmt: skip


def _days(first: date, before: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((before - first).days)]
