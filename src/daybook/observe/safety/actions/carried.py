"""A concern that was touched without the network: it calls as soon as it arrives, always."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import notify

from ..models import Concern
from ..queries.leaders import heads_of
from ..queries.on_duty import everybody, on_duty
from ..rules.concerns import name_of_call, noticed_by_clock
from ..vocabulary import ConcernKind, Step
from .calling import CONCERN


@transaction.atomic
def raise_carried(
    *,
    by: Viewer,
    author: UUID,
    person_id: int,
    key: UUID,
    kind: str,
    noticed_at: datetime,
    written_at: datetime,
    carried_at: datetime,
) -> None:
    """Raise what ``author`` touched at ``written_at``, brought by whoever is signed in now.

    The person may have moved and the author may have lost them from sight: whoever was on the
    list that was drawn at ``carried_at`` is called for. The clock of the call runs from now.
    Arriving twice is once. 404 where the author carried no such person, or feared nothing known.
    """
    if kind not in ConcernKind.values:
        raise Http404
    place = _place(author, person_id, carried_at)
    if place is None:
        raise Http404
    now = timezone.now()
    establishment, unit = place
    told = {each.staff_id for each in on_duty(establishment, now=now)} or _everybody_else(
        person_id, establishment, unit, by=by, now=now
    )
    noticed = noticed_by_clock(noticed_at, now=now)
    for under in (key, uuid5(key, f"{person_id} {kind} {author}")):
        # The key may stand for something else. What is feared here is not dropped for that.
        became = _add(under, author, person_id, kind, noticed, written_at, carried_at, told)
        if became == "raised":
            notify(
                by=by,
                kind=CONCERN.slug,
                staff_ids=told,
                person_id=person_id,
                path=reverse("safety:concern", args=[under]),
                once=name_of_call(under, Step.CALLED),
            )
            record(
                by=by,
                kind=Kind.COLLECTION,
                subject="concern that waited without the network",
                record=under,
                people=[person_id],
                reason="" if by.key == author else "brought by a colleague",
                signed=Concern,
            )
            by.forget_reach()  # On-call care reaches them from now on.
        if became != "other":
            return


def _place(author: UUID, person_id: int, carried_at: datetime) -> tuple[int, int | None] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select establishment_id, unit_id from daybook.carried_place(%s, %s, %s)",
            [author, person_id, carried_at],
        )
        found: tuple[int, int | None] | None = cursor.fetchone()
    return found


def _everybody_else(
    person_id: int, establishment: int, unit: int | None, *, by: Viewer, now: datetime
) -> set[int]:
    heads = heads_of(unit) if unit is not None else set()
    return heads or everybody(
        person_id, unit_id=unit, establishment_id=establishment, viewer=by, now=now
    )


def _add(
    key: UUID, author: UUID, person_id: int, kind: str, noticed_at: datetime,
    written_at: datetime, carried_at: datetime, called: Collection[int],
) -> str:  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "select daybook.raise_carried(%s, %s, %s, %s, %s, %s, %s, %s::bigint[])",
            [
                key, author, person_id, kind, noticed_at, written_at, carried_at, sorted(called),
            ],
        )  # fmt: skip
        became: str = cursor.fetchone()[0]
    return became
