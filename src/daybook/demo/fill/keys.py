"""What the parts of a filling share: the world, who fills, and which key each id became."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from daybook.demo.world import World
from daybook.demo.world.moment import Moment
from daybook.foundation.audit.actions import Actor
from daybook.foundation.audit.bulk import add_many

REASON = "fictional service"


@dataclass
class Filling:
    """Ids of the world are indices; the lists give the database's key for each."""

    world: World
    by: Actor
    password: str
    units: list[int] = field(default_factory=list)
    establishments: list[int] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    staff: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    reflections: list[UUID] = field(default_factory=list)

    @property
    def zone(self) -> tzinfo:
        return timezone.get_current_timezone()

    def at(self, moment: Moment) -> datetime:
        return moment.at(self.zone)

    def morning(self, day: date) -> datetime:
        """The beginning of a day."""
        return datetime.combine(day, time(), tzinfo=self.zone)

    def after(self, last_day: date | None) -> datetime | None:
        """The end of an inclusive last day; None where there is none yet."""
        return self.morning(last_day + timedelta(days=1)) if last_day else None


def add_rows(
    filling: Filling, model: Any, rows: list[dict[str, Any]], *, signed: bool = True
) -> None:
    """Rows of one table, told as columns and values; none are none."""
    if not rows:
        return
    columns = tuple(rows[0])
    add_many(
        model,
        columns,
        [[row[name] for name in columns] for row in rows],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id" if rows[0].get("person_id") else "",
        signed=signed,
    )


def as_the_owner_again() -> None:
    """Whoever looked at the whole service took on a role that lasts as long as the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("reset role")
