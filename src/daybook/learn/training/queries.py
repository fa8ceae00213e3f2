"""One's own habits; and how alike raters are as a whole, for those who train."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.http import Http404

from daybook.foundation.access.roles import TRAINING_UNIT
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.places.models import Establishment
from daybook.observe.reflections.models import Channel

from .models import Habit
from .rules import Seen

SHOWN = 12
"""How many months back."""


@dataclass(frozen=True, slots=True)
class Month:
    month: date
    seen: Seen


@dataclass(frozen=True, slots=True)
class MyHabit:
    """One channel of one's own, the newest month last."""

    name: str
    low: str
    high: str
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """One channel of an establishment in one month. None where too few raters are there."""

    channel: str
    month: date
    raters: int | None
    apart: float | None
    moved: int | None


def my_habits(*, viewer: Viewer) -> list[MyHabit]:
    """Every channel that is asked now; without months where too little is shared so far."""
    months: defaultdict[int, dict[date, Seen]] = defaultdict(dict)
    mine = Habit.objects.filter(rater_id=viewer.staff_id).order_by("-month", "id")
    for channel, month, *numbers in mine.values_list("channel_id", "month", "habit", "low", "high"):
        # Whoever rates in two prisons has two habits: the one worked out first stands.
        months[channel].setdefault(month, Seen(*numbers))
    return [
        MyHabit(
            str(channel),
            channel.low,
            channel.high,
            tuple(Month(*each) for each in list(months[channel.pk].items())[:SHOWN][::-1]),
        )
        for channel in Channel.objects.filter(retired_at__isnull=True)
    ]


def how_alike(*, viewer: Viewer) -> list[tuple[str, list[Alike]]]:
    """Each establishment with its newest month, a line for each channel. 404 for anybody else."""
    if not viewer.holds(TRAINING_UNIT):
        raise Http404
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.how_alike() order by month desc")
        rows = cursor.fetchall()
    channels = {each.pk: each for each in Channel.objects.filter(retired_at__isnull=True)}
    newest: dict[tuple[int, int], Alike] = {}
    for establishment, channel, month, raters, apart, moved in rows:
        if channel in channels:
            newest.setdefault(
                (establishment, channel),
                Alike(
                    str(channels[channel]),
                    month,
                    raters,
                    None if apart is None else float(apart),
                    moved,
                ),
            )
    return [
        (
            place.name,
            [newest[place.pk, channel] for channel in channels if (place.pk, channel) in newest],
        )
        for place in Establishment.objects.order_by("code")
    ]
