"""Setting down who is on duty, and ending a turn early."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.observe.reflections.actions.once import add_once

from ..models import Turn
from ..queries.turns import may_answer, sets_turns_at
from ..rules.turns import CALLED_OFF, problem_with_turn


@transaction.atomic
def set_turn(
    *,
    by: Viewer,
    key: UUID,
    establishment_id: int,
    duty: str,
    staff_id: int,
    since: datetime,
    until: datetime,
) -> None:
    """Set down that a colleague has a duty, from when until when. Else ``Cannot``."""
    if establishment_id not in sets_turns_at(by):
        raise Http404
    now = timezone.now()
    if staff_id not in {each.staff_id for each in may_answer(establishment_id, duty, now=now)}:
        raise Cannot(_("Choose somebody who holds the role for this duty here."))
    with connection.cursor() as cursor:
        # Two who set down the same colleague at once would not see each other's turn.
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"turn {staff_id}"]
        )
    others = Turn.objects.filter(
        establishment_id=establishment_id, duty=duty, staff_id=staff_id, until__gt=now
    ).exclude(id=key)
    spans = list(others.values_list("since", "until"))
    if problem := problem_with_turn(since, until, spans, now=now):
        raise Cannot(problem)
    turn = Turn(
        id=key,
        establishment_id=establishment_id,
        duty=duty,
        staff_id=staff_id,
        since=since,
        until=until,
    )
    if add_once(turn, establishment_id=establishment_id, staff_id=staff_id):
        record(by=by, kind=Kind.COLLECTION, subject="turn of duty", record=key)


@transaction.atomic
def end_turn(*, by: Viewer, turn_id: UUID) -> None:
    """End a turn now; one that has not begun is called off. Ending it twice is ending it once."""
    turn = Turn.objects.select_for_update().filter(id=turn_id).first()
    if turn is None or turn.establishment_id not in sets_turns_at(by):
        raise Http404
    now = timezone.now()
    if turn.until <= now:
        return
    until = max(now, turn.since + CALLED_OFF)
    Turn.objects.filter(id=turn_id).update(until=until)
    record(by=by, kind=Kind.ALTERATION, subject="turn of duty ended", record=turn_id)
