"""Showing an unconfirmed concern to a duty manager, acting on it for a day, reviewing that."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import answered, notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.cannot import Cannot
from daybook.observe.safety.queries.concerns import where_is
from daybook.observe.safety.queries.leaders import heads_of, leaders_above
from daybook.ui.words import day_words

from ..models import Protection, Urging
from ..queries.urgent import (
    Step,
    concern_at_the_desk,
    leads,
    managers_of,
    protection,
    step_on,
    urged,
)
from ..rules.urgent import (
    problem_with_length,
    problem_with_review,
    review_day,
    review_in_words,
)
from .once import added

URGED = NoticeKind(
    "urged", gettext_lazy("The desk shows you something that may not wait"), urgent=True
)
DECIDED = NoticeKind("urgent-step", gettext_lazy("An urgent step was taken on what you showed"))
REVIEWED = NoticeKind("urgent-step-reviewed", gettext_lazy("An urgent step of yours was reviewed"))
REVIEW_DUE = NoticeKind(
    "urgent-step-review", gettext_lazy("An urgent step is to be reviewed today"), dated=True
)
REVIEW_LATE = NoticeKind(
    "urgent-step-review-late", gettext_lazy("The review of an urgent step is overdue"), dated=True
)
KINDS = (URGED, DECIDED, REVIEWED, REVIEW_DUE, REVIEW_LATE)


@transaction.atomic
def urge(*, by: Viewer, key: UUID, concern: UUID, managers: Collection[int], why: str) -> None:
    """Show these duty managers what the desk has, unconfirmed, for a day. Twice is once.

    Raises ``Cannot`` where it has ended meanwhile, where there was an urgent step on it already,
    or for somebody who is no duty manager there now.
    """
    row = concern_at_the_desk(concern, viewer=by)
    if row.ended_at is not None:
        raise Cannot(_ended())
    chosen = sorted(set(managers))
    if not chosen:
        raise Cannot(_("Choose to whom you show it."))
    if Urging.objects.filter(id=uuid5(key, str(chosen[0])), written_by_id=by.staff_id).exists():
        return
    if (step := step_on(concern, viewer=by)) is not None:
        raise Cannot(_decided(step))
    if not set(chosen) <= {each.id for each in managers_of(row.person_id, viewer=by)}:
        raise Cannot(_("Somebody you chose is no duty manager there now. Choose again."))
    for staff in chosen:
        one = Urging(
            id=uuid5(key, str(staff)),
            concern_id=concern,
            person_id=row.person_id,
            staff_id=staff,
            why=why,
            written_by_id=by.staff_id,
            written_at=timezone.now(),
        )
        if not added(one, by=by):
            continue
        record(
            by=by,
            kind=Kind.ALTERATION,
            subject="information shown at once",
            record=one.id,
            people=[row.person_id],
            reason=why,
            signed=Urging,
        )
        notify(
            by=by,
            kind=URGED.slug,
            staff_ids=[staff],
            person_id=row.person_id,
            path=reverse("information:urged", args=[concern]),
            once=_told(one.id),
        )


@transaction.atomic
def protect(
    *,
    by: Viewer,
    key: UUID,
    concern: UUID,
    lasts: timedelta,
    danger: str,
    why_now: str,
    step: str,
    instead_of: str,
) -> None:
    """Act at once on what is unconfirmed, for a day at most. Sending it twice is once.

    404 for whoever was not shown it within a day. Raises ``Cannot`` for a longer time, and where
    a colleague decided meanwhile.
    """
    shown = urged(concern, viewer=by)
    if problem := problem_with_length(lasts):
        raise Cannot(problem)
    _alone(concern)
    if (there := step_on(concern, viewer=by)) is not None:
        if there.key == key and there.by_id == by.staff_id:
            return
        raise Cannot(_decided(there))
    where = where_is(shown.person.id, viewer=by)
    if where is None:
        raise Http404
    now = timezone.now()
    row = Protection(
        id=key,
        concern_id=concern,
        person_id=shown.person.id,
        establishment_id=where.establishment_id,
        danger=danger,
        why_now=why_now,
        step=step,
        instead_of=instead_of,
        until=now + lasts,
        review_on=review_day(now),
        written_by_id=by.staff_id,
        written_at=now,
    )
    if not added(row, by=by):
        return
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="urgent step",
        record=key,
        people=[shown.person.id],
        reason=why_now,
        signed=Protection,
    )
    urgings = Urging.objects.filter(concern_id=concern).values_list("id", "written_by_id")
    for urging, _by in urgings:
        answered(by=by, once=_told(urging))
    notify(
        by=by,
        kind=DECIDED.slug,
        staff_ids={who for _urging, who in urgings},
        person_id=shown.person.id,
        path=_page(key),
    )


@transaction.atomic
def review(*, by: Viewer, key: UUID, right: str, found: str, left: str) -> None:
    """Say what a review found, once, by somebody who leads and did not decide it.

    Raises ``Cannot`` before its day, for who decided it, and for whoever comes second.
    """
    step = protection(key, viewer=by)
    if not leads(by):
        raise Http404
    if problem := problem_with_review(
        review_on=step.review_on, decided_by=step.by_id, reviewer=by.staff_id, now=timezone.now()
    ):
        raise Cannot(problem)
    words = review_in_words(right, found, left)
    done = Protection.objects.filter(id=key, reviewed_at__isnull=True).update(
        reviewed_at=timezone.now(), reviewed_by_id=by.staff_id, reviewed_words=words
    )
    if not done:
        if Protection.objects.filter(
            id=key, reviewed_by_id=by.staff_id, reviewed_words=words
        ).exists():
            return
        there = protection(key, viewer=by)
        assert there.reviewed_at is not None
        raise Cannot(
            _("{who} reviewed it {when}. What you wrote is still here.").format(
                who=there.reviewed_by, when=day_words(there.reviewed_at, within=True)
            )
        )
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="urgent step, reviewed",
        record=key,
        people=[step.person.id],
        reason=right,
    )
    for once in (_due(key), _late(key)):
        answered(by=by, once=once)
    notify(
        by=by,
        kind=REVIEWED.slug,
        staff_ids=[step.by_id],
        person_id=step.person.id,
        path=_page(key),
    )


@transaction.atomic
def tell_of_reviews(*, by: Viewer, today: date) -> None:
    """In the morning: which urgent steps are to be reviewed today, to those who lead there and
    did not decide; a day later to those above. Once each."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.urgent_steps_to_review(%s)", [today])
        rows = cursor.fetchall()
    for key, person_id, unit_id, decided_by, review_on in rows:
        above = leaders_above(unit_id)
        late = review_on < today
        notify(
            by=by,
            kind=(REVIEW_LATE if late else REVIEW_DUE).slug,
            staff_ids=(above | heads_of(unit_id)) - {decided_by},
            person_id=person_id,
            path=_page(key),
            once=_late(key) if late else _due(key),
        )


def _alone(concern: UUID) -> None:
    """Of two who decide at once the second waits here, and then reads what the first decided."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended('urgent step ' || %s, 0))",
            [str(concern)],
        )


def _decided(step: Step) -> str:
    return _(
        "{who} decided on it {when}: one urgent step is all there is, and nothing renews it. What "
        "you wrote is still here; speak with them."
    ).format(who=step.by, when=day_words(step.written_at, within=True))


def _ended() -> str:
    return _("It ended meanwhile, and nothing that ended goes on. What you wrote is still here.")


def _page(key: UUID) -> str:
    return reverse("information:protection", args=[key])


def _told(urging: UUID) -> str:
    return f"urged:{urging}"


def _due(key: UUID) -> str:
    return f"urgent-step-review:{key}"


def _late(key: UUID) -> str:
    return f"urgent-step-review-late:{key}"
