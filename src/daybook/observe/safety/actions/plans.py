"""Making a keep-safe plan, looking in under it, letting it stand, handing it back."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import answered
from daybook.foundation.registry.cannot import Cannot
from daybook.observe.reflections.actions.once import add_once

from ..models import Check, Concern, Plan, Review
from ..queries.plans import running_plans
from ..queries.unlock import may_decide
from ..rules.plans import problem_with_review
from .calling import look_in_late

SAFETY = Compartment.SAFETY


def may_change(plan: Plan, *, by: Viewer) -> bool:
    """Whether the colleague puts another plan in its place: its maker, or who decides."""
    return plan.made_by_id == by.staff_id or may_decide(plan.person_id, viewer=by)


@transaction.atomic
def make_plan(
    *,
    by: Viewer,
    person_id: int,
    key: UUID,
    what: str,
    who: str,
    helps: str,
    every_minutes: int,
    review_on: date,
    replaces: UUID | None = None,
) -> None:
    """Write down what staff do to keep somebody safe; a plan that runs is replaced by it.

    ``replaces`` is the plan that the writer had before their eyes. Raises ``Cannot`` where a
    colleague made another meanwhile, or the day can't be.
    """
    require(person_id, viewer=by, compartment=SAFETY, right=Right.WRITE)
    if Plan.objects.filter(id=key, person_id=person_id, made_by_id=by.staff_id).exists():
        return  # A second tap of the same button.
    if problem := problem_with_review(review_on, today=timezone.localdate()):
        raise Cannot(problem)
    now = timezone.now()
    running = _running(person_id)
    if (running.id if running else None) != replaces:
        raise Cannot(_meanwhile(running))
    if running:
        if not may_change(running, by=by):
            raise Http404
        Plan.objects.filter(id=running.id).update(replaced_at=now)
    plan = Plan(
        id=key,
        person_id=person_id,
        concern_id=_answers(person_id),
        what=what,
        who=who,
        helps=helps,
        every_minutes=every_minutes,
        made_by_id=by.staff_id,
        made_at=now,
        review_on=review_on,
    )
    try:
        with transaction.atomic():
            Plan.objects.bulk_create([plan])
    except IntegrityError:
        raise Cannot(_meanwhile(_running(person_id))) from None
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="keep-safe plan",
        record=key,
        people=[person_id],
        signed=Plan,
    )


@transaction.atomic
def look_in(*, by: Viewer, plan_id: UUID, key: UUID, spoke: bool, words: str = "") -> None:
    """Say that one has looked in, and whether they spoke. Where the plan was replaced
    meanwhile, it counts for the one that runs.
    """
    plan = _plan(plan_id, by=by)
    if plan.replaced_at is not None:
        plan = _running(plan.person_id) or plan
    if plan.handed_back_at is not None:
        raise Cannot(_("This plan has been handed back. Write what you saw in a reflection."))
    _look(plan, by=by, key=key, spoke=spoke, words=words)


@transaction.atomic
def let_stand(*, by: Viewer, plan_id: UUID, key: UUID, words: str, next_on: date) -> None:
    """Say, by name and with a reason, that the plan goes on until it is looked at again."""
    plan = _to_decide(plan_id, by=by)
    if Review.objects.filter(id=key, plan_id=plan_id).exists():
        return
    _runs(plan)
    if problem := problem_with_review(next_on, today=timezone.localdate()):
        raise Cannot(problem)
    review = Review(
        id=key,
        person_id=plan.person_id,
        plan_id=plan_id,
        words=words,
        reviewed_by_id=by.staff_id,
        reviewed_at=timezone.now(),
        next_on=next_on,
    )
    Review.objects.bulk_create([review])
    Plan.objects.filter(id=plan_id).update(review_on=next_on)
    _log(by, plan, "keep-safe plan reviewed", key, Review)


@transaction.atomic
def hand_back(
    *, by: Viewer, plan_id: UUID, key: UUID, to: str, because: str, spoke: bool, words: str = ""
) -> None:
    """Give somebody back to ordinary care, by name: to whom, why, and after a last look."""
    plan = _to_decide(plan_id, by=by)
    if plan.handed_back_by_id == by.staff_id and plan.handed_back_because == because:
        return
    _runs(plan)
    _look(plan, by=by, key=key, spoke=spoke, words=words)
    Plan.objects.filter(id=plan_id).update(
        handed_back_at=timezone.now(),
        handed_back_by_id=by.staff_id,
        handed_back_to=to,
        handed_back_because=because,
    )
    _log(by, plan, "keep-safe plan handed back", plan.id)
    by.forget_reach()  # On-call care reaches them no longer, unless a concern is open.


def _look(plan: Plan, *, by: Viewer, key: UUID, spoke: bool, words: str) -> None:
    before = running_plans(viewer=by, people=[plan.person_id])
    look = Check(
        id=key,
        plan_id=plan.id,
        person_id=plan.person_id,
        checked_by_id=by.staff_id,
        checked_at=timezone.now(),
        spoke=spoke,
        words=words,
    )
    if add_once(look, person_id=plan.person_id, checked_by_id=by.staff_id):
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="look-in",
            record=key,
            people=[plan.person_id],
            signed=Check,
        )
        for each in before:
            answered(by=by, once=look_in_late(each.key, each.since))


def _plan(plan_id: UUID, *, by: Viewer) -> Plan:
    """The plan, locked, for whoever keeps the person safe; else 404."""
    plan = (
        scope(Plan.objects.all(), viewer=by, compartment=SAFETY, right=Right.WRITE)
        .select_for_update()
        .filter(id=plan_id)
        .first()
    )
    if plan is None or by.everywhere:
        raise Http404
    return plan


def _to_decide(plan_id: UUID, *, by: Viewer) -> Plan:
    plan = _plan(plan_id, by=by)
    if not may_decide(plan.person_id, viewer=by):
        raise Http404
    return plan


def _running(person_id: int) -> Plan | None:
    return (
        Plan.objects.select_for_update()
        .filter(person_id=person_id, replaced_at__isnull=True, handed_back_at__isnull=True)
        .first()
    )


def _answers(person_id: int) -> UUID | None:
    """The concern that a new plan answers: the one that was taken up and is still open."""
    concerns = Concern.objects.filter(
        person_id=person_id, acknowledged_at__isnull=False, ended_at__isnull=True
    )
    return concerns.order_by("raised_at").values_list("id", flat=True).first()


def _runs(plan: Plan) -> None:
    if plan.handed_back_by is not None:
        who = plan.handed_back_by.short_name
        raise Cannot(_("{who} handed it back a moment ago. Look at it again.").format(who=who))
    if plan.replaced_at is not None:
        raise Cannot(_("A newer plan has taken its place. Look at that one."))


def _meanwhile(running: Plan | None) -> str:
    if running is None:
        return _("The plan you had before you has been handed back. Look again, then decide.")
    return _(
        "{who} has made a plan meanwhile. Look at it; you can put another in its place."
    ).format(who=running.made_by.short_name)


def _log(
    by: Viewer, plan: Plan, subject: str, key: UUID, signed: type[Review] | None = None
) -> None:
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject=subject,
        record=key,
        people=[plan.person_id],
        signed=signed,
    )
