"""Working out how each rater used the scales. Run by Daybook itself; a month is worked out once."""

from datetime import date

import numpy as np
from django.db import transaction

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.contests.queries import contested_now
from daybook.observe.reflections.models import Channel, Rating
from daybook.signals import Ratings
from daybook.signals.habits import Habits, habits

from .models import Habit
from .rules import enough, window

METHOD = "mixed-model habits 1"


@transaction.atomic
def work_out(*, by: Viewer, establishment_id: int, month: date) -> int:
    """Keep everybody's habits for the three months that end with ``month``; gives how many.

    What was kept before stays as it is: working out twice changes nothing.
    """
    kept = 0
    for channel in Channel.objects.filter(retired_at__isnull=True):
        found = _habits(channel.pk, establishment_id, month)
        if found is not None:
            rows = _rows(found, channel.pk, establishment_id, month)
            Habit.objects.bulk_create(rows, ignore_conflicts=True)
            kept += len(rows)
    record(
        by=by,
        kind=Kind.COMBINATION,
        subject="habits of raters worked out",
        record=f"{establishment_id} {month:%Y-%m}",
        reason="shown to each rater alone, and as a whole to those who train",
    )
    return kept


def _habits(channel_id: int, establishment_id: int, month: date) -> Habits | None:
    rows = Rating.objects.filter(
        unit__establishment_id=establishment_id,
        channel_id=channel_id,
        day__range=window(month),
        counts=True,
        step__isnull=False,
    ).exclude(reflection_id__in=contested_now("reflection"))
    rated = rows.values_list("person_id", "rater_id", "unit_id", "day", "step")
    columns = list(zip(*rated.iterator(chunk_size=20_000), strict=True))
    if not columns:
        return None
    person, rater, unit, day, step = columns
    return habits(
        Ratings(
            value=np.asarray(step, dtype=float),
            day=np.fromiter((on.toordinal() for on in day), dtype=np.int64),
            person=np.asarray(person),
            rater=np.asarray(rater),
            unit=np.asarray(unit),
        )
    )


def _rows(found: Habits, channel_id: int, establishment_id: int, month: date) -> list[Habit]:
    return [
        Habit(
            rater_id=int(found.rater[at]),
            establishment_id=establishment_id,
            channel_id=channel_id,
            month=month,
            habit=round(float(found.habit[at]), 3),
            low=round(float(found.low[at]), 3),
            high=round(float(found.high[at]), 3),
            method=METHOD,
        )
        for at in range(found.rater.size)
        if enough(int(found.ratings[at]), int(found.shared[at]))
    ]
