"""What the daily record can say to a review, as it was last read."""

from uuid import UUID

from daybook.foundation.access.viewer import Viewer
from daybook.ui.charts import Interval

from ..models import RecordQuality, RecordReading
from ..rules.record import Answer, Counted, Record, Wing, in_words
from .reach import seen


def record_of(review: UUID, *, viewer: Viewer) -> Record:
    """Quality of the record and what was found in it; nothing for whoever sees no such review."""
    mine = seen(viewer).filter(id=review)
    rows = (
        RecordReading.objects.filter(review__in=mine)
        .select_related("channel")
        .order_by("channel__position", "channel_id", "asked", "setting")
    )
    channels = {row.channel.key: str(row.channel) for row in rows}
    counted = RecordQuality.objects.filter(review__in=mine).first()
    return in_words(
        None if counted is None else _counted(counted, channels), [_answer(row) for row in rows]
    )


def _answer(row: RecordReading) -> Answer:
    found = wing = None
    if row.value is not None and row.low is not None and row.high is not None:
        found = Interval(row.value, row.low, row.high)
    if None not in (row.wing_low, row.wing_middle, row.wing_high):
        wing = Wing(row.wing_people, row.wing_low or 0, row.wing_middle or 0, row.wing_high or 0)
    return Answer(
        channel=str(row.channel),
        asked=row.asked,
        setting=row.setting,
        silent=row.silent,
        found=found,
        by_chance=row.by_chance or 0,
        first=row.first,
        second=row.second,
        wing=wing,
    )


def _counted(row: RecordQuality, channels: dict[str, str]) -> Counted:
    return Counted(
        since=row.since,
        until=row.until,
        entries=row.entries,
        two_touches=row.two_touches,
        days=row.days,
        longest_gap=row.longest_gap,
        observers=row.observers,
        settings=row.settings,
        one_value={
            channels[key]: (same, of)
            for key, (same, of) in row.one_value.items()
            if key in channels
        },
    )
