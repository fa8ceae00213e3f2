"""Drawing the charts: every channel of a whole service, from what was rated so far.

Run by Daybook itself, after imports and a few times an hour. Drawing twice gives the
same picture; what a service has switched off is not drawn.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

import numpy as np
from django.db import transaction
from django.utils import timezone

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.people.models import Stay
from daybook.signals import Answer, Change, Parameters, State, Taken, Weather, change

from ..models import Channel, ChartFit, Picture, TakenAsUsual, UnitPicture
from ..rules.chart import LONG_AGO
from ..vocabulary import ChartState
from .so_far import SoFar

STILL_WRITTEN_ABOUT = timedelta(days=3)
"""Officers write about yesterday and the day before: these days are taken in anew each time."""

SHOWN = timedelta(days=120)
"""How far back a picture reaches: four months, as the promise printed under it."""

PARAMETERS = Parameters(low=1, high=5)
"""Every channel has five steps."""

STATES = {
    State.BASELINE_FORMING: ChartState.BASELINE,
    State.NO_LASTING_CHANGE: ChartState.NO_CHANGE,
    State.WORTH_TALKING: ChartState.TALK,
    State.NOT_SEPARABLE: ChartState.NOT_SEPARABLE,
    State.HARD_TO_SEE: ChartState.HARD_TO_SEE,
}

Drawn = TypeVar("Drawn", Picture, UnitPicture)


@transaction.atomic
def draw(*, by: Viewer, establishment_id: int, today: date) -> int:
    """Draw all channels for everyone who lives in the establishment; gives how many people."""
    living = dict(
        Stay.objects.filter(
            unit__establishment_id=establishment_id, ended_at__isnull=True
        ).values_list("person_id", "unit_id")
    )
    units = set(living.values())
    now = timezone.now()
    news: list[tuple[SoFar, Change]] = []
    for channel in Channel.objects.filter(retired_at__isnull=True):
        so_far = SoFar.of(establishment_id, channel.pk)
        found = _answer(so_far, today)
        if found is None:
            continue
        if found.settled is not None:
            news.append((so_far, found))
        _keep(
            Picture,
            [
                _picture(person, channel.pk, found.answers[person], found, today, now)
                for person in living.keys() & found.answers.keys()
            ],
            ("person", "channel"),
        )
        _keep(
            UnitPicture,
            [_unit_picture(unit, channel.pk, found.weather, today, now) for unit in units],
            ("unit", "channel"),
        )
    if news:
        transaction.on_commit(partial(_keep_days, news, today - STILL_WRITTEN_ABOUT))
    record(
        by=by,
        kind=Kind.COMBINATION,
        subject="charts drawn",
        record=establishment_id,
        people=living,
        reason="change in each person's own record, with raters' habits and weather taken out",
    )
    return len(living)


def _keep_days(news: list[tuple[SoFar, Change]], settle_on: date) -> None:
    """Where the next run goes on from, once the pictures stand."""
    with transaction.atomic(), at_the_desk():
        for so_far, found in news:
            so_far.keep(found, settle_on)


def _answer(so_far: SoFar, today: date) -> Change | None:
    """Everybody's answers, from what is known of the days before and the ratings since."""
    if so_far.ratings is None:
        return None
    kept = _Fits()
    found = change(
        so_far.ratings,
        PARAMETERS,
        kept=kept,
        settled=so_far.kept,
        settle_on=(today - STILL_WRITTEN_ABOUT).toordinal(),
        taken=_taken(so_far.channel_id),
    )
    kept.save()
    return found


def _taken(channel_id: int) -> dict[int, Taken]:
    """The newest change of each person that a meeting took as the usual from then on."""
    rows = TakenAsUsual.objects.filter(channel_id=channel_id, taken_back_at__isnull=True)
    return {
        person: Taken(day.toordinal(), direction)
        for person, day, direction in rows.order_by("person_id", "-day", "-said_at")
        .distinct("person_id")
        .values_list("person_id", "day", "direction")
    }


class _Fits(dict[str, bytes]):
    """Fits by their key: looked up one by one, and written together."""

    def __init__(self) -> None:
        super().__init__()
        self._new: list[ChartFit] = []

    def __missing__(self, key: str) -> bytes:
        kept = ChartFit.objects.filter(key=key).values_list("kept", flat=True).first()
        if kept is None:
            raise KeyError(key)
        return bytes(kept)

    def __setitem__(self, key: str, kept: bytes) -> None:
        super().__setitem__(key, kept)
        self._new.append(ChartFit(key=key, kept=kept))

    def save(self) -> None:
        ChartFit.objects.bulk_create(self._new, ignore_conflicts=True)


def _picture(
    person: int, channel: int, answer: Answer, found: Change, today: date, now: datetime
) -> Picture:
    rated = [date.fromordinal(int(day)) for day in (answer.days[0], answer.days[-1])]
    long_ago = rated[-1] < today - SHOWN
    last = rated[-1] if long_ago else today
    first = max(last - SHOWN, rated[0])
    days = range(first.toordinal(), last.toordinal() + 1)
    changed = answer.state is State.WORTH_TALKING and not long_ago
    alarm = answer.alarms[-1] if changed else None
    return Picture(
        person_id=person,
        channel_id=channel,
        # A usual of long ago is none: a new one forms if somebody writes again.
        state=ChartState.BASELINE if long_ago else STATES[answer.state],
        because=LONG_AGO if long_ago else answer.because.value if answer.because else "",
        direction=alarm.direction if alarm else None,
        since=date.fromordinal(alarm.onset) if alarm else None,
        noticed_on=date.fromordinal(alarm.day) if alarm else None,
        size=alarm.size if alarm else None,
        wing_share=answer.explained_by_unit,
        chance=answer.chance.people if answer.chance else None,
        usual=answer.usual,
        band_low=answer.band.low if answer.band else None,
        band_high=answer.band.high if answer.band else None,
        first_day=first,
        raw=_by_day(days, answer.days, answer.raw),
        adjusted=_by_day(days, answer.days, answer.adjusted),
        line=_by_day(days, answer.days, answer.ewma),
        method=f"{found.method.name} {found.method.version}",
        parameters=found.method.as_dict(),
        drawn_at=now,
        drawn_to=last,
    )


def _unit_picture(
    unit: int, channel: int, weather: Weather, today: date, now: datetime
) -> UnitPicture:
    first = today - SHOWN
    here = weather.unit == unit
    days = range(first.toordinal(), today.toordinal() + 1)
    return UnitPicture(
        unit_id=unit,
        channel_id=channel,
        first_day=first,
        weather=_by_day(days, weather.day[here], weather.value[here]),
        drawn_at=now,
    )


def _by_day(days: range, on: "Iterable[int]", values: "Iterable[float]") -> list[float | None]:
    """One number a day, three decimals; None where there is nothing, never a guess."""
    known: defaultdict[int, float | None] = defaultdict(lambda: None)
    known.update(
        (int(day), round(float(value), 3))
        for day, value in zip(on, values, strict=True)
        if np.isfinite(value)
    )
    return [known[day] for day in days]


def _keep(model: type[Drawn], pictures: list[Drawn], key: tuple[str, str]) -> None:
    fields = [field.name for field in model._meta.concrete_fields if field.name not in (*key, "pk")]
    model._default_manager.bulk_create(
        pictures, update_conflicts=True, unique_fields=list(key), update_fields=fields
    )
