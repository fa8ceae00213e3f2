"""Reflection meetings, what was agreed in them, and what came of it."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from uuid import UUID

from daybook.demo.world.shapes import Meeting as WorldMeeting
from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.audit.bulk import add_many, sign_many
from daybook.foundation.duties.actions.reminders import remind as remind_owners
from daybook.foundation.duties.models import Action
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.models import (
    Care,
    Channel,
    Explanation,
    Meeting,
    MeetingPerson,
    TakenAsUsual,
)
from daybook.observe.reflections.queries.discussions import source_of

from .keys import REASON, Filling

LASTS = timedelta(minutes=20)
SOME_WEEKS = timedelta(days=35)
ONE_OF_SO_MANY = 40


def remind(filling: Filling) -> None:
    """This morning's notices of what is due and overdue."""
    with at_the_desk() as clerk:
        remind_owners(by=clerk, today=filling.world.until)


def fill(filling: Filling) -> None:
    world, by = filling.world, filling.by
    meetings = [new_key() for _ in world.meetings]
    items = [new_key() for _ in world.meeting_items]
    began = [filling.at(meeting.at) for meeting in world.meetings]

    def leader(meeting: WorldMeeting) -> int:
        last = meeting.led_by if meeting.handed_over_to is None else meeting.handed_over_to
        return filling.staff[last]

    add_many(
        Meeting,
        (
            "id", "unit_id", "shift", "opened_at", "opened_by_id", "led_by_id", "went_well",
            "how_we_are", "theme", "closed_at", "closed_by_id",
        ),
        [
            (
                meetings[m.id],
                filling.units[m.unit],
                m.shift,
                began[m.id],
                filling.staff[m.led_by],
                leader(m),
                m.went_well,
                m.how_we_are,
                m.theme,
                began[m.id] + LASTS,
                leader(m),
            )
            for m in world.meetings
        ],
        by=by,
        reason=REASON,
        key="id",
        signed=False,
    )  # fmt: skip
    add_many(
        MeetingPerson,
        (
            "id", "meeting_id", "person_id", "at", "why", "said_in", "carried_because", "outcome",
            "facts", "stance", "dissent", "went_well", "noted_by_id", "noted_at",
        ),
        [
            (
                items[item.id],
                meetings[item.meeting],
                filling.people[item.person],
                began[item.meeting],
                "",
                [],
                "",
                "nothing-new" if item.nothing_new else "discussed",
                item.facts,
                item.stance,
                item.dissent,
                item.went_well,
                leader(world.meetings[item.meeting]),
                began[item.meeting] + LASTS / 2,
            )
            for item in world.meeting_items
        ],
        by=by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip
    add_many(
        Explanation,
        ("id", "discussion_id", "person_id", "kind", "words"),
        [
            (
                new_key(),
                items[item.id],
                filling.people[item.person],
                explanation.kind,
                explanation.text,
            )
            for item in world.meeting_items
            for explanation in item.explanations
        ],
        by=by,
        reason=REASON,
        key="id",
        person="person_id",
    )
    _taken(filling, meetings, items, began)
    sign_many(Meeting, meetings, subject="meeting closed", by=by, reason=REASON)
    _care(filling, meetings, began)
    add_many(
        Action,
        (
            "id", "person_id", "what", "owner_id", "due_on", "raised_by_id", "raised_at", "source",
            "done_at", "effect", "outcome",
        ),
        [
            (
                new_key(),
                filling.people[action.person],
                action.what,
                filling.staff[action.owner],
                action.due,
                leader(world.meetings[world.meeting_items[action.item].meeting]),
                began[world.meeting_items[action.item].meeting],
                source_of(items[action.item]),
                datetime.combine(action.done, time(12), tzinfo=filling.zone)
                if action.done
                else None,
                action.effect,
                action.came_of_it,
            )
            for action in world.actions
        ],
        by=by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip


def _taken(
    filling: Filling, meetings: list[UUID], items: list[UUID], began: list[datetime]
) -> None:
    """Now and then, some weeks ago, a team knew why and took a change as the usual."""
    world = filling.world
    mood = Channel.objects.get(key="mood").pk
    discussed = [
        item
        for item in world.meeting_items
        if not item.nothing_new and began[item.meeting].date() < world.until - SOME_WEEKS
    ]
    rows = []
    for item in discussed[::ONE_OF_SO_MANY]:
        at = began[item.meeting]
        leads = world.meetings[item.meeting].led_by
        rows.append(
            (
                new_key(), meetings[item.meeting], items[item.id], filling.people[item.person],
                mood, -1, at.date(), at + LASTS / 2, filling.staff[leads],
            )
        )  # fmt: skip
    add_many(
        TakenAsUsual,
        (
            "id", "meeting_id", "discussion_id", "person_id", "channel_id", "direction", "day",
            "said_at", "said_by_id",
        ),
        rows,
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip


def _care(filling: Filling, meetings: list[UUID], began: list[datetime]) -> None:
    """Each word ends with the next meeting of its unit."""
    world = filling.world
    of_unit: defaultdict[int, list[datetime]] = defaultdict(list)
    for meeting in world.meetings:
        of_unit[meeting.unit].append(began[meeting.id])

    def next_after(unit: int, at: datetime) -> datetime | None:
        return min((other for other in of_unit[unit] if other > at), default=None)

    rows = []
    for item in world.meeting_items:
        if not item.team_words:
            continue
        meeting = world.meetings[item.meeting]
        at = began[meeting.id]
        leads = meeting.led_by if meeting.handed_over_to is None else meeting.handed_over_to
        rows.append(
            (
                new_key(),
                filling.people[item.person],
                item.team_words,
                meetings[meeting.id],
                at,
                filling.staff[leads],
                at + timedelta(days=8),
                next_after(meeting.unit, at),
            )
        )
    add_many(
        Care,
        (
            "id", "person_id", "word", "meeting_id", "set_at", "set_by_id", "ends_at", "ended_at",
        ),
        rows,
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip
