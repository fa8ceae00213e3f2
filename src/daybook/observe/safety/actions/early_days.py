"""Check-ins: opened by the event itself, done by whoever looks in, called for when late."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import answered, notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.events import Moved, TakenBack, Turned
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import short_name

from ..models import CheckIn
from ..queries.early_days import may_do
from ..queries.leaders import heads_of
from ..rules import early_days as rules
from ..vocabulary import LookIn

SAFETY = Compartment.SAFETY
LATE = NoticeKind("check-in-late", gettext_lazy("A check-in was not done"), dated=True)

# ---- Opened by the event ----


def open_what_is_owed(event: Turned) -> None:
    """Somebody came, or something hard happened: open the check-ins. Twice is once.

    Whoever brought the event may not reach the person any more, or may write nothing else
    about them: the database opens a check-in for anyone who is signed in.
    """
    owed = rules.check_ins(
        event.turn, event.at, told_at=timezone.now(), zone=timezone.get_current_timezone()
    )
    if owed:
        _open(
            event.person_id,
            event.source,
            [(str(each.occasion), each.opens_at, each.due_at) for each in owed],
        )


def withdraw(event: TakenBack) -> None:
    """What told of it was corrected or taken back: nothing is owed for it that is not done."""
    _withdraw(event.person_id, event.source)


def withdraw_when_gone(event: Moved) -> None:
    """Somebody left for good: nobody can look in on them any more."""
    if event.unit_id is None:
        _withdraw(event.person_id, None)


def _open(person_id: int, source: str, owed: list[tuple[str, datetime, datetime]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where daybook.open_check_in("
            "   o.key, %s, o.occasion, %s, o.opens, o.due))"
            "  from unnest(%s::uuid[], %s::text[], %s::timestamptz[], %s::timestamptz[])"
            "    as o (key, occasion, opens, due)",
            [
                person_id,
                source,
                [new_key() for _each in owed],
                *map(list, zip(*owed, strict=True)),
            ],
        )


def _withdraw(person_id: int, source: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select daybook.withdraw_check_ins(%s, %s)", [person_id, source])


# ---- Done by whoever looks in ----


@transaction.atomic
def look_in(
    *, by: Viewer, check_in_id: UUID, came_of_it: str, words: str, at: datetime | None = None
) -> None:
    """Say what came of a check-in. Saying the same twice is saying it once.

    ``at``: when somebody looked in, where that was not just now but without the network.

    Somebody who was away is owed it still: another is opened until tomorrow's lock-up. Raises
    ``Cannot`` where a colleague was a moment quicker, and where it is not owed any more.
    """
    mine = scope(CheckIn.objects.filter(id=check_in_id), viewer=by, compartment=SAFETY)
    person_id = mine.values_list("person_id", flat=True).first()
    if person_id is None or not may_do(person_id, viewer=by):
        raise Http404
    # Two who look in at one moment: the second waits, and reads what the first wrote.
    check_in = CheckIn.objects.select_for_update().get(id=check_in_id)
    if check_in.done_at:
        if check_in.done_by_id == by.staff_id and (check_in.came_of_it, check_in.words) == (
            came_of_it,
            words,
        ):
            return
        assert check_in.done_by is not None
        who = short_name(check_in.done_by.given_name, check_in.done_by.family_name)
        raise Cannot(_("{who} looked in already. Read what came of it below.").format(who=who))
    if check_in.withdrawn_at:
        raise Cannot(_("This check-in is not owed any more."))
    now = timezone.now()
    if at is not None and check_in.opens_at <= at < now:
        now = at
    if now < check_in.opens_at:
        raise Cannot(_("It is too early for this one. Look in when its day has come."))
    CheckIn.objects.filter(id=check_in_id).update(
        came_of_it=came_of_it, words=words, done_by_id=by.staff_id, done_at=now
    )
    if came_of_it == LookIn.AWAY:
        opens, due = rules.carried_on(now, zone=timezone.get_current_timezone())
        source = rules.source_of_next(check_in.source)
        _open(check_in.person_id, source, [(check_in.occasion, opens, due)])
    answered(by=by, once=_once(check_in_id))
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="check-in",
        record=check_in_id,
        people=[check_in.person_id],
        signed=CheckIn,
    )


# ---- Called for when late ----


@transaction.atomic
def tell_of_what_is_late(*, by: Viewer, now: datetime) -> None:
    """Tell each unit's head of check-ins that nobody has done a day after they were due."""
    late = scope(
        CheckIn.objects.filter(
            done_at__isnull=True,
            withdrawn_at__isnull=True,
            due_at__lt=now - rules.TOLD_AFTER,
            person__stays__ended_at__isnull=True,
        ),
        viewer=by,
        compartment=SAFETY,
    ).values_list("id", "person_id", "person__stays__unit_id")
    for key, person, unit in late:
        if unit is not None:
            notify(
                by=by,
                kind=LATE.slug,
                staff_ids=heads_of(unit),
                person_id=person,
                path=reverse("safety:check-in", args=[key]),
                once=_once(key),
            )


def _once(check_in_id: UUID) -> str:
    return f"check-in-late:{check_in_id}"
