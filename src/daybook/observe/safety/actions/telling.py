"""Telling those who lead a place what they must decide. Daybook itself does it."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind

from ..models import Plan, UnlockNote
from ..queries.leaders import heads_of, leaders_above
from ..queries.unlock import standing
from ..rules.plans import REVIEW_LATE as PLAN_LATE
from ..rules.unlock import LATE

CANNOT_BE_APART = NoticeKind("cannot-be-kept-apart", _("Two people can’t be kept apart"))
REVIEW_DUE = NoticeKind("protection-review", _("A protection is to be looked at again"), dated=True)
REVIEW_LATE = NoticeKind(
    "protection-review-late", _("A protection should have been looked at by now"), dated=True
)
KINDS = (CANNOT_BE_APART, REVIEW_DUE, REVIEW_LATE)


@transaction.atomic
def tell_who_cannot_be_kept_apart(*, by: Viewer, person_id: int) -> None:
    """Let those who lead a unit know of two who live there and are to be kept apart."""
    today = timezone.localdate()
    for note in standing([person_id], viewer=by):
        if note.cannot and note.unit_id is not None:
            notify(
                by=by,
                kind=CANNOT_BE_APART.slug,
                staff_ids=heads_of(note.unit_id),
                person_id=person_id,
                path=reverse("safety:note", args=[note.key]),
                once=f"cannot-be-kept-apart:{note.key}:{note.unit_id}:{today}",
            )


@transaction.atomic
def tell_of_reviews(*, by: Viewer, today: date) -> None:
    """In the morning: what is to be looked at today, to each unit's head; what waits, higher.

    A protection whose review is late stands all the same. One notice a day and colleague.
    """
    for rows, late in (
        (UnlockNote.objects.filter(ended_at__isnull=True), LATE),
        (Plan.objects.filter(replaced_at__isnull=True, handed_back_at__isnull=True), PLAN_LATE),
    ):
        _tell_of_reviews(rows, by=by, today=today, late=late)


def _tell_of_reviews(rows: QuerySet[Any], *, by: Viewer, today: date, late: timedelta) -> None:
    due = scope(
        rows.filter(
            Q(review_on=today) | Q(review_on=today - late), person__stays__ended_at__isnull=True
        ),
        viewer=by,
        compartment=Compartment.SAFETY,
    ).values_list("review_on", "person__stays__unit_id")
    units = defaultdict[date, set[int]](set)
    for review_on, unit_id in due:
        if unit_id is not None:
            units[review_on].add(unit_id)
    for kind, day, leaders in (
        (REVIEW_DUE, today, heads_of),
        (REVIEW_LATE, today - late, leaders_above),
    ):
        told = set[int]().union(*(leaders(unit) for unit in units[day]))
        once = f"{kind.slug}:{today}"
        notify(by=by, kind=kind.slug, staff_ids=told, path=reverse("home"), once=once)
