"""Reading the daily record for a review. Run by Daybook itself; reading twice reads the same."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.contests.queries import contested_now
from daybook.observe.reflections.models import Channel, Rating, Reflection
from daybook.observe.reflections.vocabulary import Difference
from daybook.signals.record import Found, Quality, quality

from ..models import RecordQuality, RecordReading
from ..rules.reading import Rated, Reading, readings

LOOKED_BACK = timedelta(days=179)
"""Half a year: how far a record is asked."""
AHEAD = timedelta(days=14)
"""A hearing so near may show already."""
MOST_UNITS = 2
"""Wings on which the person was written of most: who lives there says how raters rate."""
READ_ONE = "daybook.understand.reviews.tasks.read_one_record"

Read = TypeVar("Read", RecordReading, RecordQuality)


def read_soon(review: UUID) -> None:
    """Have the record read now, and not only at night."""
    try:
        with transaction.atomic():
            app.configure_task(READ_ONE, allow_unknown=False, queueing_lock=f"read-{review}").defer(
                review=str(review)
            )
    except AlreadyEnqueued:
        pass


@transaction.atomic
def read_record(
    *, by: Viewer, review: UUID, person: int, dates: Sequence[date], today: date
) -> None:
    """Ask the last half year of somebody's record, beside the wing they live on."""
    since, now = today - LOOKED_BACK, timezone.now()
    dates = [on for on in dates if since < on <= today + AHEAD]
    units = _units(person, since, today)
    seen = {person}
    answers = []
    for channel in Channel.objects.all():
        rated = _rated(channel.pk, units, since, today)
        seen |= {each.person for each in rated}
        for each in readings(rated, person, dates):
            answers.append(_row(each, review, person, channel.pk, now))
    _keep(RecordReading, answers, ("review", "asked", "setting", "channel"))
    _keep(RecordQuality, [_quality(review, person, since, today, now)], ("review",))
    record(
        by=by,
        kind=Kind.COMBINATION,
        subject="daily record read for a joint review",
        record=review,
        people=seen,
        reason="what a record can say, with raters' habits and the wing's weather taken off",
    )


def reviews_to_read() -> list[tuple[UUID, int, list[date]]]:
    """Reviews that go on, whom they are about, and days on which something was decided."""
    with connection.cursor() as cursor:
        cursor.execute("select review, person, dates from daybook.reviews_to_read()")
        return list(cursor.fetchall())


def _units(person: int, since: date, today: date) -> list[int]:
    rows = Rating.objects.filter(
        person_id=person, day__range=(since, today), counts=True, unit__isnull=False
    ).values_list("unit_id", flat=True)
    often: defaultdict[int, int] = defaultdict(int)
    for unit in rows:
        often[unit] += 1
    return sorted(often, key=lambda unit: (-often[unit], unit))[:MOST_UNITS]


def _rated(channel: int, units: list[int], since: date, today: date) -> list[Rated]:
    rows = Rating.objects.filter(
        unit_id__in=units,
        channel_id=channel,
        day__range=(since, today),
        counts=True,
        step__isnull=False,
    ).exclude(reflection_id__in=contested_now("reflection"))
    columns = rows.values_list(
        "person_id", "rater_id", "unit_id", "day", "step", "reflection__setting"
    )
    return [
        Rated(person, rater, unit, day, step or 0, setting)
        for person, rater, unit, day, step, setting in columns.iterator(chunk_size=20_000)
    ]


def _row(answer: Reading, review: UUID, person: int, channel: int, now: datetime) -> RecordReading:
    row = RecordReading(
        review_id=review,
        person_id=person,
        channel_id=channel,
        asked=answer.asked,
        setting=answer.setting,
        silent=answer.silent,
        made_at=now,
    )
    if answer.found is not None:
        found: Found = answer.found
        row.value, row.low, row.high = (round(x, 3) for x in (found.value, found.low, found.high))
        row.by_chance = round(found.by_chance, 1)
        row.first, row.second = found.first, found.second
    if answer.wing is not None:
        wing = answer.wing
        row.wing_people = wing.people
        row.wing_low, row.wing_middle, row.wing_high = (
            round(x, 3) for x in (wing.low, wing.middle, wing.high)
        )
    return row


def _quality(review: UUID, person: int, since: date, today: date, now: datetime) -> RecordQuality:
    entries = list(
        Reflection.objects.filter(
            person_id=person, day__range=(since, today), withdrawn_at__isnull=True
        )
        .exclude(id__in=contested_now("reflection"))
        .order_by("day", "saved_at", "id")
    )
    steps: defaultdict[str, list[float]] = defaultdict(list)
    rated = set()
    for key, channel, step in Rating.objects.filter(
        reflection__in=entries, step__isnull=False
    ).values_list("reflection_id", "channel__key", "step"):
        rated.add(key)
        steps[channel].append(step or 0)
    row = RecordQuality(review_id=review, person_id=person, since=since, until=today, made_at=now)
    if not entries:
        row.longest_gap = (today - since).days + 1
        return row
    found: Quality = quality(
        day=[each.day.toordinal() for each in entries],
        two_touches=[each.id not in rated and _two_touches(each) for each in entries],
        observer=[each.author_id for each in entries],
        setting=[each.setting for each in entries],
        values=steps,
        since=since.toordinal(),
        until=today.toordinal(),
    )
    row.entries, row.two_touches, row.days = found.entries, found.two_touches, found.days
    row.longest_gap, row.observers = found.longest_gap, found.observers
    row.settings = found.settings
    row.one_value = {channel: list(counts) for channel, counts in found.one_value.items()}
    return row


def _two_touches(entry: Reflection) -> bool:
    said = (
        entry.seen_heard, entry.reading, entry.own_words, entry.own_mark, entry.response,
        entry.opening, entry.circumstances,
    )  # fmt: skip
    return entry.difference == Difference.AS_USUAL and not any(said)


def _keep(model: type[Read], rows: Sequence[Read], key: tuple[str, ...]) -> None:
    """Add them, or put them in the place of what was read before."""
    fields = [field.name for field in model._meta.concrete_fields if field.name not in (*key, "id")]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=list(key), update_fields=fields
    )
