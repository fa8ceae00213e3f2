"""How long each kind of record is kept now."""

from dataclasses import dataclass
from datetime import datetime

from daybook.foundation.registry.records import Begins, Limit, Then

from ..models import SetLimit


@dataclass(frozen=True, slots=True)
class InForce:
    limit: Limit
    since: datetime
    as_shipped: bool
    reason: str


def in_force() -> dict[str, InForce]:
    """The limit of each kind that was set last."""
    rows = SetLimit.objects.order_by("kind", "-since").distinct("kind")
    return {
        row.kind: InForce(
            Limit(row.months, row.unconvicted, row.child, Begins(row.begins), Then(row.then)),
            row.since,
            row.set_by_id is None,
            row.reason,
        )
        for row in rows
    }
