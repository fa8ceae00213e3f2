"""Concerns for safety as an evening has them, keep-safe plans, and who is on duty."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import DUTY_MANAGER, HEAD_OF_UNIT, ON_CALL_CARE
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.people.models import PersonalOfficer, Stay
from daybook.foundation.registry.keys import new_key
from daybook.observe.safety.models import Call, Check, Concern, Plan, Turn
from daybook.observe.safety.vocabulary import ConcernKind, Duty, Ended, Step

from .keys import REASON, Filling

A_TURN = timedelta(hours=12)
EVERY = 60
SAID = ("Reading.", "", "Made tea together.", "", "Asleep, breathing quietly.", "")


def fill(filling: Filling) -> None:
    now = timezone.now()
    on_duty = _turns(filling, now)
    for establishment, people in _settled().items():
        care = on_duty.get((establishment, Duty.CARE))
        if care is not None and len(people) >= 4:
            manager = on_duty.get((establishment, Duty.MANAGER), care)
            _evening(filling, establishment, (care, manager), people, now)


def _turns(filling: Filling, now: datetime) -> dict[tuple[int, str], int]:
    """Somebody for each duty of each establishment, for half a day."""
    duties = {ON_CALL_CARE.key: Duty.CARE, DUTY_MANAGER.key: Duty.MANAGER}
    on_duty: dict[tuple[int, str], int] = {}
    for role, establishment, staff in (
        Assignment.objects.filter(role__in=duties, until__isnull=True)
        .order_by("staff_id")
        .values_list("role", "establishment_id", "staff_id")
    ):
        on_duty.setdefault((establishment or 0, duties[role]), staff)
    since = now.replace(minute=0, second=0, microsecond=0)
    Turn.objects.bulk_create(
        [
            Turn(
                establishment_id=place,
                duty=duty,
                staff_id=staff,
                since=since,
                until=since + A_TURN,
            )
            for (place, duty), staff in on_duty.items()
        ]
    )
    return on_duty


def _settled() -> dict[int, list[tuple[int, int, int]]]:
    """On the first unit of each establishment: somebody, their officer, and the unit's head."""
    officers = dict(
        PersonalOfficer.objects.filter(until__isnull=True).values_list("person_id", "staff_id")
    )
    heads = dict(
        Assignment.objects.filter(role=HEAD_OF_UNIT.key).values_list("unit_id", "staff_id")
    )
    stays = Stay.objects.filter(
        ended_at__isnull=True,
        began_at__lt=timezone.now() - timedelta(days=20),
        person__in=officers,
        unit__in=heads,
    ).order_by("unit_id", "person_id")
    first: dict[int, int] = {}
    people: dict[int, list[tuple[int, int, int]]] = {}
    for place, unit, person in stays.values_list("unit__establishment_id", "unit_id", "person_id"):
        if first.setdefault(place, unit) == unit:
            people.setdefault(place, []).append((person, officers[person], heads[unit]))
    return people


def _evening(
    filling: Filling,
    establishment: int,
    duty: tuple[int, int],
    people: list[tuple[int, int, int]],
    now: datetime,
) -> None:
    care, manager = duty

    def ago(hours: float) -> datetime:
        return now - timedelta(hours=hours)

    open_one, taken_up, kept_safe, handed_back = people[:4]
    rows = [
        (open_one, ConcernKind.HEALTH, "Shivers, has not eaten since yesterday.", 0.02, None, None),
        (taken_up, ConcernKind.FROM_OTHERS, "Asked not to go to the yard, and would not say why.",
         1.5, 1.4, None),
        (kept_safe, ConcernKind.SELF_HARM, "Said after the call home that nothing matters now.",
         21, 20.9, (20, "He talked for an hour; his sister is told. The plan says the rest.")),
        (handed_back, ConcernKind.SELF_HARM, "Gave his radio and his letters away.",
         190, 189.9, (189, "Spoke with the nurse and with his officer. A plan runs.")),
    ]  # fmt: skip
    keys = [new_key() for _row in rows]
    _add(
        filling,
        Concern,
        (
            "id", "person_id", "establishment_id", "kind", "words", "raised_by_id", "raised_at",
            "noticed_at", "written_at", "acknowledged_by_id", "acknowledged_at", "ended_at",
            "ended_by_id", "ended_how", "ended_words",
        ),
        [
            (
                key, person, establishment, kind, words, officer, ago(raised),
                ago(raised + waited), ago(raised + waited) if waited else None,
                care if taken else None, ago(taken) if taken else None,
                ago(end[0]) if end else None, care if end else None,
                Ended.PLAN if end else "", end[1] if end else "",
            )
            for key, ((person, officer, _head), kind, words, raised, taken, end) in zip(
                keys, rows, strict=True
            )
            # One was touched in the yard, where the network doesn't reach.
            for waited in [0.7 if person == taken_up[0] else 0]
        ],
    )  # fmt: skip
    # Who was called; where six minutes went by without an answer, once more, and further.
    called = [
        (key, person, Step.CALLED, staff, ago(raised))
        for key, ((person, *_), _kind, _words, raised, taken, _end) in zip(keys, rows, strict=True)
        if taken
        for staff in dict.fromkeys(duty)
    ] + [
        (keys[1], taken_up[0], Step.AGAIN, staff, ago(1.5 - 5 / 60))
        for staff in dict.fromkeys((care, manager, taken_up[2]))
    ]
    _add(
        filling,
        Call,
        ("id", "concern_id", "person_id", "step", "staff_id", "called_at"),
        [(new_key(), *call) for call in called],
    )
    running, ended = new_key(), new_key()
    today = timezone.localdate()
    _add(
        filling,
        Plan,
        (
            "id", "person_id", "concern_id", "what", "who", "helps", "every_minutes", "made_by_id",
            "made_at", "review_on", "handed_back_at", "handed_back_by_id", "handed_back_to",
            "handed_back_because",
        ),
        [
            (
                running, kept_safe[0], keys[2],
                "Knock, say his name, wait for an answer. Tea at eight. The light may stay on.",
                "The officer on his landing; at night whoever has the keys",
                "Football on the radio, and not being asked how he feels.", EVERY, care,
                ago(20), today + timedelta(days=3), None, None, "", "",
            ),
            (
                ended, handed_back[0], keys[3],
                "Look in, say a few words about the day. Bring him to the workshop each morning.",
                "His personal officers; at night the night officer", "Work, and his letters back.",
                EVERY * 2, care, ago(189), today - timedelta(days=2), ago(24), handed_back[2],
                "His personal officers, who talk with him each morning this week",
                "He sleeps, has asked for his letters, and says himself that it is enough.",
            ),
        ],
    )  # fmt: skip
    _add(
        filling,
        Check,
        ("id", "plan_id", "person_id", "checked_by_id", "checked_at", "spoke", "words"),
        [
            *_looks(running, kept_safe, ago, [19.2 - 0.9 * n for n in range(22)]),
            *_looks(ended, handed_back, ago, [40 - 1.9 * n for n in range(8)] + [24.1]),
        ],
    )


def _looks(
    plan: UUID, whom: tuple[int, int, int], ago: Any, hours: list[float]
) -> list[tuple[Any, ...]]:
    person, officer, head = whom
    return [
        (
            new_key(), plan, person, head if number % 5 == 4 else officer, ago(each),
            number % 3 != 1, SAID[number % len(SAID)],
        )
        for number, each in enumerate(hours)
        if each > 0.1
    ]  # fmt: skip


def _add(
    filling: Filling, model: Any, columns: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    add_many(model, columns, rows, by=filling.by, reason=REASON, key="id", person="person_id")
