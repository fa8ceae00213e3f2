"""Raising a concern, saying what was seen, taking it up, ending it."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import AT_AN_ESTABLISHMENT, Compartment, Reach, Right, Role
from daybook.foundation.access.scope import as_author, require, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.observe.reflections.actions.once import add_once

from ..models import Concern, Plan
from ..queries.concerns import Open, may_raise, where_is
from ..queries.on_duty import on_duty
from ..queries.unlock import may_decide
from ..rules.concerns import (
    clock,
    noticed_by_clock,
    off_duty,
    on_duty_in_words,
)
from ..vocabulary import Ended
from .calling import call, stop_calling

SAFETY = Compartment.SAFETY


@transaction.atomic
def raise_concern(
    *, by: Viewer, person_id: int, key: UUID, kind: str, noticed_at: datetime | None = None
) -> UUID:
    """Say that one fears for somebody, and call on-call care and the duty manager at once.

    Whoever knows somebody may. ``noticed_at`` is the device's time, kept however wrong. Gives
    the key the concern stands under: the same button twice is one concern, another is another.
    """
    if not may_raise(by):
        raise Http404
    require(person_id, viewer=by)
    where = where_is(person_id, viewer=by)
    if where is None:
        raise Cannot(
            _("Daybook doesn’t know where this person is, so it can call nobody. Call yourself.")
        )
    now = timezone.now()
    row = Concern(
        id=key,
        person_id=person_id,
        establishment_id=where.establishment_id,
        kind=kind,
        raised_by_id=by.staff_id,
        raised_at=now,
        noticed_at=noticed_by_clock(noticed_at, now=now),
    )
    try:
        added = add_once(row, person_id=person_id, raised_by_id=by.staff_id, kind=kind)
    except Http404:
        # The key stands for something else, such as another button of the same row. What is
        # feared here is not dropped for that.
        row.id = key = uuid5(key, f"{person_id} {kind} {by.staff_id}")
        added = add_once(row, person_id=person_id, raised_by_id=by.staff_id, kind=kind)
    if added:
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="concern",
            record=key,
            people=[person_id],
            signed=Concern,
        )
        by.forget_reach()  # On-call care reaches them from now on.
        call(Open(key, person_id, where.establishment_id, kind, now, ""), by=by, now=now)
    return key


@transaction.atomic
def say_what_was_seen(*, by: Viewer, concern_id: UUID, words: str) -> None:
    """Add to one's own concern, once, what was seen or heard. Saying the same twice is once."""
    with as_author(by):
        mine = Concern.objects.filter(id=concern_id, raised_by_id=by.staff_id)
        found = mine.select_for_update().values_list("person_id", "words").first()
        if found is not None and not found[1]:
            mine.update(words=words)
    if found is None:
        raise Http404
    if found[1] not in ("", words):
        raise Cannot(_("You have said it already. Add what you saw since in a reflection."))
    if found[1]:
        return
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="concern: words",
        record=concern_id,
        people=[found[0]],
        signed=Concern,
    )


@transaction.atomic
def take_up(*, by: Viewer, concern_id: UUID) -> None:
    """Answer by name: from now on this colleague sees to it, and nobody is called any more.

    Raises ``Cannot`` where somebody was first, or the colleague is off duty and others are on.
    """
    concern = _to_answer(concern_id, by=by)
    if concern.acknowledged_by_id == by.staff_id:
        return
    if concern.acknowledged_by and concern.acknowledged_at:
        raise Cannot(
            _("{who} took it up at {time}. Speak with each other.").format(
                who=concern.acknowledged_by.short_name, time=clock(concern.acknowledged_at)
            )
        )
    now = timezone.now()
    there = on_duty(concern.establishment_id, now=now)
    if off_duty(by.staff_id, _roles_about(concern, by=by), there):
        raise Cannot(
            _("You are not on duty now, so the call goes on. On duty: {who}.").format(
                who=on_duty_in_words(there)
            )
        )
    Concern.objects.filter(id=concern_id).update(
        acknowledged_by_id=by.staff_id, acknowledged_at=now
    )
    stop_calling(concern_id, concern.raised_at, by=by, now=now)
    _log(by, concern, "concern taken up")


@transaction.atomic
def end_concern(*, by: Viewer, concern_id: UUID, how: str, words: str) -> None:
    """Say by name how it ended and what was done. Only once it was taken up.

    Raises ``Cannot`` where it was not, where a plan is named that nobody made, or where a
    colleague ended it a moment before.
    """
    concern = _to_end(concern_id, by=by)
    if concern.ended_by:
        if concern.ended_by_id == by.staff_id and concern.ended_words == words:
            return
        who = concern.ended_by.short_name
        raise Cannot(_("{who} ended it a moment ago. Look at it again.").format(who=who))
    if concern.acknowledged_at is None:
        raise Cannot(_("Take it up first: nobody has answered it yet."))
    if how == Ended.PLAN and not _has_a_plan(concern.person_id, by=by):
        raise Cannot(_("Make the keep-safe plan first, then end the concern with it."))
    Concern.objects.filter(id=concern_id).update(
        ended_by_id=by.staff_id, ended_at=timezone.now(), ended_how=how, ended_words=words
    )
    _log(by, concern, "concern ended")
    by.forget_reach()  # On-call care reaches them no longer, unless a plan runs.


def _to_end(concern_id: UUID, *, by: Viewer) -> Concern:
    concern = _to_answer(concern_id, by=by)
    if concern.acknowledged_by_id != by.staff_id and not may_decide(concern.person_id, viewer=by):
        raise Http404
    return concern


def _to_answer(concern_id: UUID, *, by: Viewer) -> Concern:
    """The concern, locked, for whoever may answer it; else 404."""
    concern = (
        scope(Concern.objects.all(), viewer=by, compartment=SAFETY, right=Right.WRITE)
        .select_for_update()
        .filter(id=concern_id)
        .first()
    )
    if concern is None or by.everywhere:
        raise Http404
    return concern


def _roles_about(concern: Concern, *, by: Viewer) -> list[Role]:
    """Roles by which the colleague may be concerned with this very person."""
    where = where_is(concern.person_id, viewer=by)
    unit = where.unit_id if where else None
    return [
        held.role
        for held in by.held
        if (held.role.reach is Reach.UNIT and held.unit_id == unit)
        or (
            held.role.reach in AT_AN_ESTABLISHMENT
            and held.establishment_id == concern.establishment_id
        )
        or held.role.reach in (Reach.OWN, Reach.CASE, Reach.CASE_ACROSS)
    ]


def _has_a_plan(person_id: int, *, by: Viewer) -> bool:
    plans = Plan.objects.filter(
        person_id=person_id, replaced_at__isnull=True, handed_back_at__isnull=True
    )
    return scope(plans, viewer=by, compartment=SAFETY).exists()


def _log(by: Viewer, concern: Concern, subject: str) -> None:
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject=subject,
        record=concern.id,
        people=[concern.person_id],
    )
