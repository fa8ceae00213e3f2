"""The ratings of one establishment and channel so far, and where the charts of a day go on from.

A run reads the ratings since the day that is kept, and not the years before. Whether those are
still what they were is asked of the database, in a count and a sum of hashes: a rating that came
late, was contested, settled or moved makes another sum, and then all is read from the first day.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
from django.db import connection
from django.db.models import BigIntegerField, Count, F, Func, QuerySet, Sum
from django.utils import timezone

from daybook.foundation.contests.queries import contested_now
from daybook.signals import Change, Ratings
from daybook.signals.columns import Integers

from ..models import ChartDay, Rating

COLUMNS = ("person_id", "rater_id", "unit_id", "day", "step")


class _Columns(NamedTuple):
    """One value a rating; `hashed` is what the database makes of all the others."""

    person: Integers
    rater: Integers
    unit: Integers
    day: Integers
    step: Integers
    hashed: Integers


@dataclass(slots=True)
class SoFar:
    """What one establishment rated on one channel, and what was kept of an earlier run."""

    establishment_id: int
    channel_id: int
    columns: _Columns
    kept: bytes | None
    """What the numerics kept, where it is of these very ratings."""

    @classmethod
    def of(cls, establishment_id: int, channel_id: int) -> "SoFar":
        rows = _counting(establishment_id, channel_id)
        known = ChartDay.objects.filter(
            establishment_id=establishment_id, channel_id=channel_id
        ).first()
        columns = _still_true(known, rows) if known else None
        if known is None or columns is None:
            return cls(establishment_id, channel_id, _read(rows), None)
        since = _read(rows.filter(day__gt=known.day))
        together = (np.concatenate(pair) for pair in zip(columns, since, strict=True))
        return cls(establishment_id, channel_id, _Columns(*together), bytes(known.kept))

    @property
    def ratings(self) -> Ratings | None:
        """As the numerics take them; None where nothing was rated yet."""
        found = self.columns
        if found.step.size == 0:
            return None
        return Ratings(
            value=found.step.astype(np.float64),
            day=found.day,
            person=found.person,
            rater=found.rater,
            unit=found.unit,
        )

    def keep(self, found: Change, day: date) -> None:
        """Keep where the next run goes on from, if the ratings still are what they were.

        For a transaction of its own: whoever strikes, contests or erases one of them waits for
        its end, and takes away what it kept; this waits for whoever is at that already.
        """
        here = {"establishment_id": self.establishment_id, "channel_id": self.channel_id}
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_advisory_xact_lock(hashtext('daybook.chart_days'), %s::int)",
                [self.establishment_id],
            )
        before = self.columns.day <= day.toordinal()
        settled = _Columns(*(column[before] for column in self.columns))
        count, total = settled.step.size, _sum(settled.hashed)
        if _stand(_counting(**here), day) != (count, total):
            return
        said = {
            "day": day,
            "ratings": _to_bytes(settled),
            "ratings_count": count,
            "ratings_sum": total,
            "kept": found.settled,
            "method": f"{found.method.name} {found.method.version}",
            "parameters": found.method.as_dict(),
            "made_at": timezone.now(),
        }
        ChartDay.objects.bulk_create(
            [ChartDay(**here, **said)],
            update_conflicts=True,
            unique_fields=["establishment", "channel"],
            update_fields=list(said),
        )


def _counting(establishment_id: int, channel_id: int) -> QuerySet[Rating]:
    """Ratings that charts are drawn from."""
    return (
        Rating.objects.filter(
            unit__establishment_id=establishment_id,
            channel_id=channel_id,
            counts=True,
            step__isnull=False,
        )
        .exclude(reflection_id__in=contested_now("reflection"))
        .annotate(
            hashed=Func(
                *map(F, COLUMNS),
                template="hash_record_extended(row(%(expressions)s), 0)",
                output_field=BigIntegerField(),
            )
        )
    )


def _still_true(known: ChartDay, rows: QuerySet[Rating]) -> _Columns | None:
    """The ratings that are kept, where they still stand, all of them and no others."""
    if _stand(rows, known.day) != (known.ratings_count, known.ratings_sum):
        return None
    return _from_bytes(bytes(known.ratings))


def _stand(rows: QuerySet[Rating], until: date) -> tuple[int, Decimal]:
    """How many there are now, and the sum of their hashes."""
    now: dict[str, Any] = rows.filter(day__lte=until).aggregate(
        count=Count("step"), sum=Sum("hashed")
    )
    return now["count"], now["sum"] or Decimal(0)


def _read(rows: QuerySet[Rating]) -> _Columns:
    read = rows.values_list(*COLUMNS, "hashed").iterator(chunk_size=20_000)
    columns: Iterable[Iterable[Any]] = list(zip(*read, strict=True)) or [()] * len(_Columns._fields)
    person, rater, unit, day, step, hashed = columns
    days = (on.toordinal() for on in day)
    return _Columns(
        *(np.fromiter(each, dtype=np.int64) for each in (person, rater, unit, days, step, hashed))
    )


def _sum(hashed: Integers) -> Decimal:
    # In Python's own numbers: the database does not wrap round either.
    return Decimal(sum(hashed.tolist()))


def _to_bytes(columns: _Columns) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **columns._asdict())
    return buffer.getvalue()


def _from_bytes(kept: bytes) -> _Columns | None:
    try:
        with np.load(io.BytesIO(kept), allow_pickle=False) as file:
            return _Columns(*(file[name] for name in _Columns._fields))
    except (ValueError, KeyError, OSError, EOFError, BadZipFile):
        return None
