"""Bringing in somebody who lives nowhere in the service."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.events import Moved, Turn, Turned, moved, turned

from ..queries import search_words
from .queries import Known, source_of
from .rules import arriving_problem


@transaction.atomic
def admit(
    *,
    by: Viewer,
    key: UUID,
    known: Known | None,
    names: Mapping[str, str | Sequence[str]],
    numbers: Mapping[str, str],
    status: str,
    since: date,
    unit_id: int,
    cell_id: int | None,
    at: datetime,
    reason: str,
) -> int:
    """Somebody lives here from ``at`` on; gives their key. The same ``key`` twice is once.

    ``known`` is who has one of the ``numbers`` (by system) already: their names stay as they
    are. Raises ``Cannot`` for a time that can't be, and where a colleague was a moment quicker;
    404 for a unit that ``by`` does not lead.
    """
    left = known.left_at if known else None
    if problem := arriving_problem(at, left=left, now=timezone.now()):
        raise Cannot(problem)
    called = [] if known else [str(names[part]) for part in ("given_name", "family_name")]
    if not known:
        called.append(str(names["known_as"]))
    outcome, person_id, stay = _admit(
        source_of(key),
        known.id if known else None,
        Jsonb({**names}),
        search_words(" ".join((*called, *numbers.values()))),
        list(numbers),
        list(numbers.values()),
        status,
        since,
        unit_id,
        cell_id,
        at,
        reason,
    )
    if outcome == "again":
        return person_id
    if outcome == "status":
        raise Cannot(_("Another legal status began on that day or later. Choose a later day."))
    if outcome == "number":
        raise Cannot(_("One of these numbers differs from the one that is known. Look again."))
    if outcome in ("known", "overtaken"):
        raise Cannot(_overtaken())
    if outcome != "done":
        raise Http404
    by.forget_reach()
    if not known:
        record(by=by, kind=Kind.COLLECTION, subject="person", people=[person_id])
    record(by=by, kind=Kind.COLLECTION, subject="stay", record=stay, people=[person_id],
           reason=f"admitted: {reason}" if reason else "admitted")  # fmt: skip
    moved.announce(Moved(person_id, unit_id, None, at))
    turned.announce(Turned(person_id, Turn.ARRIVED, at, f"stay:{stay}"))
    return person_id


def _admit(*given: Any) -> tuple[str, int, int]:
    asked = f"select outcome, person_id, stay from daybook.admit({', '.join(['%s'] * len(given))})"
    for _attempt in range(2):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(asked, list(given))
                found: tuple[str, int, int] = cursor.fetchone()
        except IntegrityError:
            # Somebody wrote the same in the same moment: what they wrote can be seen now.
            continue
        return found
    raise Cannot(_overtaken())


def _overtaken() -> str:
    return _("A colleague entered them a moment ago. Save again to see where they live.")
