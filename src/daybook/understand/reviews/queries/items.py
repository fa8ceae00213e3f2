"""Items of evidence as pages show them: the fact, the innocent explanation, a numbered origin."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, CharField, QuerySet, Value, When

from daybook.foundation.access.viewer import Viewer

from ..models import Evidence
from ..vocabulary import GROUP_OF, Dimension, Group, Source, What


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``origin`` is a number within the review: who it is stays unsaid."""

    key: UUID
    dimension: str
    dimension_words: str
    group: str
    source: str
    what: str
    words: str
    innocent: str
    seen_on: date | None
    origin: int
    from_record: bool
    mine: bool
    ended: bool
    """Its record has ended since: it counts no more."""

    @property
    def short(self) -> str:
        return self.words if len(self.words) <= 140 else f"{self.words[:138].rstrip()} …"


def standing(review: UUID) -> QuerySet[Evidence]:
    """Items that nobody took back."""
    return Evidence.objects.filter(review_id=review, struck_at__isnull=True)


def in_groups(rows: QuerySet[Evidence]) -> Any:
    """The same rows, each with the column of the board in which it stands."""
    whens = [
        When(source=source.value, then=Value(group.value)) for source, group in GROUP_OF.items()
    ]
    return rows.annotate(group=Case(*whens, output_field=CharField()))


def sources_in(group: str) -> list[str]:
    return [source.value for source, into in GROUP_OF.items() if into == Group(group)]


def as_items(rows: Iterable[Evidence], review: UUID, *, viewer: Viewer) -> list[Item]:
    """These rows as pages show them: two questions more, however many there are."""
    numbers, ended = origin_numbers(review), set(ended_in(review))
    return [as_item(row, numbers, ended, viewer) for row in rows]


def as_item(
    row: Evidence, numbers: dict[str, int], ended: Collection[UUID], viewer: Viewer
) -> Item:
    source = Source(row.source)
    return Item(
        key=row.id,
        dimension=row.dimension,
        dimension_words=str(Dimension(row.dimension).label),
        group=GROUP_OF[source].value,
        source=str(source.label),
        what=str(What(row.what).label),
        words=row.words,
        innocent=row.innocent,
        seen_on=row.seen_on,
        origin=numbers.get(row.origin, 0),
        from_record=bool(row.record_kind),
        mine=row.written_by_id == viewer.staff_id,
        ended=row.id in ended,
    )


def origin_numbers(review: UUID) -> dict[str, int]:
    """Origins in the order in which they came to the board, from one; those of information alone
    last, so that “origin 3” is the same for who reads it and for who doesn’t."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select origin, row_number() over ("
            "    order by min(written_at) filter (where record_kind <> 'information') nulls last,"
            "             min(written_at), origin)"
            "  from reviews_evidence where review_id = %s and struck_at is null group by origin",
            [review],
        )
        return dict(cursor.fetchall())


def ended_in(review: UUID) -> list[UUID]:
    """Items whose record was taken back, is contested, or isn’t confirmed any more."""
    with connection.cursor() as cursor:
        cursor.execute("select daybook.evidence_ended(%s)", [review])
        return list(cursor.fetchone()[0])
