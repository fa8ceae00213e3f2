"""What the desk does with a report: grade it, say its levels, set its law, weigh what else it may
be, keep it for a while, end it. Lowering is the same step as raising, by the same people."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.cannot import Cannot
from daybook.ui.words import day_words

from ..models import Concern, ConcernStep, Copy, Grading, Levelling, Use
from ..queries.concern import ended_meanwhile
from ..queries.reach import desk_people
from ..rules.fading import problems_with_days
from ..rules.levels import problems_with as problems_with_levels
from ..rules.schemes import SCHEMES, problems_with
from ..vocabulary import DISMISSED, Ended, Step
from .once import added

ENDED = NoticeKind("information-ended", gettext_lazy("Something you were given has ended"))
REOPENED = NoticeKind(
    "information-reopened", gettext_lazy("Something you decided rests on what has ended")
)


@transaction.atomic
def grade(
    *,
    by: Viewer,
    concern: UUID,
    key: UUID,
    scheme: str,
    source_grade: str,
    information_grade: str,
    handling: str,
    conditions: str,
    reason: str,
) -> None:
    """Grade source and information, apart, by one scheme. Raises ``Cannot`` outside of it."""
    found = _at_the_desk(concern, by=by)
    if wrong := problems_with(scheme, source_grade, information_grade, handling, conditions):
        raise Cannot(" ".join(wrong.values()))
    held = SCHEMES[scheme].information_grade(information_grade)
    row = Grading(
        id=key,
        scheme=scheme,
        source_grade=source_grade,
        information_grade=information_grade,
        handling=handling,
        conditions=conditions,
        doubted=held is not None and held.doubted,
        reason=reason,
        **_signed(found, by),
    )
    _add(row, found, by=by, subject="information graded", reason=reason)


@transaction.atomic
def set_levels(*, by: Viewer, concern: UUID, key: UUID, **said: Any) -> None:
    """Say capability, intent and engagement, each as a word with its evidence; higher or lower
    than before is the same step."""
    found = _at_the_desk(concern, by=by)
    if wrong := problems_with_levels(said):
        raise Cannot(" ".join(wrong.values()))
    row = Levelling(id=key, **said, **_signed(found, by))
    _add(row, found, by=by, subject="information levels")


@transaction.atomic
def set_basis(*, by: Viewer, concern: UUID, key: UUID, reason: str) -> None:
    """Name the law it rests on. Without one nothing may rest on it."""
    _step(by, concern, key, Step.BASIS, reason)


@transaction.atomic
def weigh(*, by: Viewer, concern: UUID, key: UUID, reason: str) -> None:
    """Write which other explanation was weighed, and what speaks for it and against."""
    _step(by, concern, key, Step.WEIGHED, reason)


@transaction.atomic
def keep(
    *, by: Viewer, concern: UUID, key: UUID, reason: str, review_on: date, ends_on: date
) -> None:
    """Review it, and keep it for a while. Raises ``Cannot`` for days past the longest."""
    if wrong := problems_with_days(review_on, ends_on, today=timezone.localdate()):
        raise Cannot(" ".join(wrong.values()))
    _step(by, concern, key, Step.KEPT, reason, review_on=review_on, ends_on=ends_on)


@transaction.atomic
def dismiss(*, by: Viewer, concern: UUID, key: UUID, ended_how: str, reason: str) -> None:
    """End it: invalid, out of date, or explained. Every recipient is told, and what rests on it
    is opened again. Whoever comes second reads who ended it."""
    if ended_how not in DISMISSED:
        raise Cannot(_("Choose how it ends."))
    found = _step(by, concern, key, Step.ENDED, reason, ended_how=ended_how)
    if found is not None:
        tell_who_relied(by=by, concern=found.id, person_id=found.person_id)


@transaction.atomic
def join(*, by: Viewer, concern: UUID, key: UUID, other: UUID, reason: str) -> None:
    """Read it on in another concern about the same person: its own ends with that."""
    found = _step(by, concern, key, Step.ENDED, reason, ended_how=Ended.JOINED.value, joined=other)
    if found is not None:
        tell_who_relied(by=by, concern=found.id, person_id=found.person_id)


def tell_who_relied(*, by: Viewer, concern: UUID, person_id: int) -> None:
    """Tell colleagues who have a copy, and those whose decision rested on it."""
    have = Copy.objects.filter(concern_id=concern, staff__isnull=False)
    holders = have.values_list("staff_id", flat=True)
    makers = Use.objects.filter(concern_id=concern).values_list("written_by_id", flat=True)
    tell_those(by=by, holders=[each for each in holders if each], makers=makers)
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="information ended: recipients told",
        record=concern,
        people=[person_id],
    )


def tell_those(*, by: Viewer, holders: Iterable[int], makers: Iterable[int]) -> None:
    for kind, staff, page in ((ENDED, holders, "given"), (REOPENED, makers, "uses")):
        if told := set(staff) - {by.staff_id}:
            notify(by=by, kind=kind.slug, staff_ids=told, path=reverse(f"information:{page}"))


def _step(
    by: Viewer, concern: UUID, key: UUID, step: Step, reason: str, **more: Any
) -> Concern | None:
    found = _at_the_desk(concern, by=by, or_mine=key)
    row = ConcernStep(id=key, step=step, reason=reason, **more, **_signed(found, by))
    fresh = _add(row, found, by=by, subject=f"information: {step.value}", reason=reason)
    return found if fresh else None


def _at_the_desk(concern: UUID, *, by: Viewer, or_mine: UUID | None = None) -> Concern:
    """The concern, where the viewer works on it and it goes on; 404, or who ended it and when."""
    found = Concern.objects.filter(id=concern).first()
    if found is None or found.person_id not in desk_people(by):
        raise Http404
    if found.ended_at is not None:
        if or_mine and ConcernStep.objects.filter(id=or_mine, written_by_id=by.staff_id).exists():
            return found
        raise Cannot(_ended_words(concern))
    return found


def _ended_words(concern: UUID) -> str:
    who, at, how = ended_meanwhile(concern)
    return _(
        "{who} ended it {when}: {how}. Nothing that ended goes on. What you wrote is still here."
    ).format(who=who, when=day_words(at, within=True), how=how)


def _signed(found: Concern, by: Viewer) -> dict[str, Any]:
    return {
        "concern_id": found.id,
        "person_id": found.person_id,
        "written_by_id": by.staff_id,
        "written_at": timezone.now(),
    }


def _add(row: Model, found: Concern, *, by: Viewer, subject: str, reason: str = "") -> bool:
    try:
        fresh = added(row, by=by)
    except Cannot:
        current = Concern.objects.filter(id=found.id, ended_at__isnull=False)
        if current.exists():
            raise Cannot(_ended_words(found.id)) from None
        raise
    if fresh:
        record(
            by=by,
            kind=Kind.ALTERATION,
            subject=subject,
            record=row.pk,
            people=[found.person_id],
            reason=reason,
            signed=type(row),
        )
    return fresh
