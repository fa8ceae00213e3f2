"""Calling for an answer: on-call care and the duty manager first, at last everybody, until one.

Whoever raises a concern calls, and so does the worker each minute, and any page that shows an
open concern: a worker that stands still stops nothing. Each step happens once, whoever is first.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.actions.notices import answered, notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.providers import First

from ..models import Call
from ..queries.concerns import Open, open_concerns, where_is
from ..queries.leaders import heads_of
from ..queries.on_duty import everybody, on_duty
from ..queries.plans import Running, running_plans
from ..rules.concerns import name_of_call, names_of_calls, step_due, times_again
from ..rules.plans import is_told
from ..vocabulary import Duty, Step

CONCERN = NoticeKind(
    "concern", _("A concern for somebody’s safety waits for an answer"), urgent=True
)
LOOK_IN_LATE = NoticeKind(
    "look-in-late", _("Looking in under a keep-safe plan is long overdue"), urgent=True
)
KINDS = (CONCERN, LOOK_IN_LATE)


@transaction.atomic
def call_on(*, by: Viewer, now: datetime, people: Collection[int] | None = None) -> None:
    """Take open concerns in reach as far as they should have gone, and tell of late looks."""
    with by.unseen():
        concerns = open_concerns(viewer=by, people=people)
        plans = running_plans(viewer=by, people=people)
    _call_on(concerns, by=by, now=now)
    _tell_of_late_looks(plans, by=by, now=now)


def first_and_call_on(*, viewer: Viewer, people: Collection[int]) -> dict[int, list[First]]:
    """What stands above everything else about these people; in passing, call where it is time."""
    lines: dict[int, list[First]] = {}
    for person, line, _presses in _in_passing(viewer, people):
        lines.setdefault(person, []).append(line)
    return lines


def pressing_and_call_on(*, viewer: Viewer) -> list[tuple[int, First]]:
    """Of everyone in reach, by key: open concerns, then looks that are late; likewise."""
    return [(person, line) for person, line, presses in _in_passing(viewer, None) if presses]


def _in_passing(viewer: Viewer, people: Collection[int] | None) -> list[tuple[int, First, bool]]:
    """Person, what to know, and whether it presses: whatever is shown is called for, too."""
    now = timezone.now()
    concerns = open_concerns(viewer=viewer, people=people)
    plans = running_plans(viewer=viewer, people=people)
    _call_on(concerns, by=viewer, now=now)
    _tell_of_late_looks(plans, by=viewer, now=now)
    lines = []
    for each in concerns:
        url = reverse("safety:concern", args=[each.key])
        lines.append((each.person_id, First(each.words, url, each.brief), True))
    for plan in plans:
        url = reverse("safety:keep-safe", args=[plan.person_id])
        first = First(plan.first_words(now), url, plan.brief(now))
        lines.append((plan.person_id, first, plan.late(now)))
    return lines


def call(concern: Open, *, by: Viewer, now: datetime) -> None:
    """Call as many as it is time for. Twice at once, or in the same step, is once."""
    if not _alone(concern.key):
        return  # Somebody else calls for the same concern this very moment.
    step, told = _step_and_whom(concern, by=by, now=now)
    known = set(
        Call.objects.filter(concern_id=concern.key, step=step).values_list("staff_id", flat=True)
    )
    Call.objects.bulk_create(
        [
            Call(
                concern_id=concern.key,
                person_id=concern.person_id,
                step=step,
                staff_id=staff,
                called_at=now,
            )
            for staff in sorted(told - known)
        ],
        ignore_conflicts=True,
    )
    again = (
        times_again(concern.raised_at, now=now, within=settings.ANSWER_WITHIN)
        if step == Step.EVERYBODY
        else 0
    )
    notify(
        by=by,
        kind=CONCERN.slug,
        staff_ids=told,
        person_id=concern.person_id,
        path=reverse("safety:concern", args=[concern.key]),
        once=name_of_call(concern.key, step, again),
    )


def stop_calling(concern_id: UUID, raised_at: datetime, *, by: Viewer, now: datetime) -> None:
    """Somebody has answered: what everybody was told waits for nobody any more."""
    for name in names_of_calls(concern_id, raised_at, now=now, within=settings.ANSWER_WITHIN):
        answered(by=by, once=name)


def _call_on(concerns: Collection[Open], *, by: Viewer, now: datetime) -> None:
    if not _calls(by):
        return
    for concern in concerns:
        late = step_due(concern.raised_at, now=now, within=settings.ANSWER_WITHIN) != Step.CALLED
        if late and not concern.taken_up_by:
            call(concern, by=by, now=now)


def _tell_of_late_looks(plans: Collection[Running], *, by: Viewer, now: datetime) -> None:
    """The duty manager hears once of each look that is late by as much again."""
    if not _calls(by):
        return
    for plan in plans:
        if not is_told(plan.since, plan.every_minutes, now=now):
            continue
        where = where_is(plan.person_id, viewer=by)
        if where is None:
            continue
        managers = {
            each.staff_id
            for each in on_duty(where.establishment_id, now=now)
            if each.duty == Duty.MANAGER
        }
        notify(
            by=by,
            kind=LOOK_IN_LATE.slug,
            staff_ids=managers or heads_of(where.unit_id),
            person_id=plan.person_id,
            path=reverse("safety:keep-safe", args=[plan.person_id]),
            once=look_in_late(plan.key, plan.since),
        )


def look_in_late(plan: UUID, since: datetime) -> str:
    """What the notice of one late look stands for: the next look settles it."""
    return f"look-in:{plan}:{since.timestamp():.0f}"


def _step_and_whom(concern: Open, *, by: Viewer, now: datetime) -> tuple[Step, set[int]]:
    """How far to go, and whom to call. Where a step finds nobody, the next is taken at once."""
    due = step_due(concern.raised_at, now=now, within=settings.ANSWER_WITHIN)
    steps = list(Step)
    for step in steps[steps.index(due) :]:
        if told := _whom(step, concern, by=by, now=now):
            return step, told
    return Step.EVERYBODY, set()


def _whom(step: Step, concern: Open, *, by: Viewer, now: datetime) -> set[int]:
    where = where_is(concern.person_id, viewer=by)
    unit = where.unit_id if where and where.establishment_id == concern.establishment_id else None
    if step == Step.EVERYBODY:
        return everybody(
            concern.person_id,
            unit_id=unit,
            establishment_id=concern.establishment_id,
            viewer=by,
            now=now,
        )
    told = {each.staff_id for each in on_duty(concern.establishment_id, now=now)}
    return told | heads_of(unit) if step == Step.AGAIN and unit is not None else told


def _calls(by: Viewer) -> bool:
    # Whoever only inspects the whole service writes nothing, and so calls nobody.
    return not by.everywhere or by.may(Right.WRITE, Compartment.SAFETY)


def _alone(key: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_try_advisory_xact_lock(hashtextextended('calling ' || %s, 0))", [str(key)]
        )
        alone: bool = cursor.fetchone()[0]
    return alone
