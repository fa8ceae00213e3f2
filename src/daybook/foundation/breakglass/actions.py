"""Opening somebody's record in an emergency, closing it, and answering for it."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
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
from daybook.foundation.staff.tries import Limit, count

from .models import Opening, Review
from .queries import may_review, require_opener, reviewers, use
from .rules import MOST_A_DAY, problem_with_reason

OPENED = NoticeKind(
    "break-glass", gettext_lazy("Somebody’s record was opened in an emergency"), urgent=True
)
STILL_WAITS = NoticeKind(
    "break-glass-waits", gettext_lazy("An emergency opening still waits for a review"), dated=True
)
A_NUMBER = Limit("break-glass", 5, timedelta(hours=1), one_s_own=True)
"""Numbers that one member of staff may try: whoever has to guess does not know the person."""


@transaction.atomic
def break_glass(*, by: Viewer, key: UUID, number: str, reason: str) -> int | None:
    """Open for three hours the record of whoever has this number; gives the person.

    None where the number opens nobody, whatever the cause. ``key`` comes with the form: the
    same one twice opens once. Raises ``Cannot`` without a reason, after too many, or where
    nobody could be told; ``MustWait`` after too many wrong numbers.
    """
    require_opener(by)
    if problem := problem_with_reason(reason):
        raise Cannot(problem)
    lately = Opening.objects.filter(
        staff_id=by.staff_id, opened_at__gt=timezone.now() - timedelta(days=1)
    )
    mine = lately.filter(id=key).values_list("person_id", flat=True).first()
    if mine is not None:
        return mine
    if lately.count() >= MOST_A_DAY:
        raise Cannot(
            _("You opened {n} records within a day. Let another duty manager look.").format(
                n=MOST_A_DAY
            )
        )
    count(((A_NUMBER, by.key),))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select daybook.break_glass(%s, %s, %s)", [key, number, reason])
            person: int | None = cursor.fetchone()[0]
            if person is not None:
                _tell(by, key, person, reason)
    except IntegrityError:
        # The key is somebody else's: as if the number opened nobody.
        person = None
    if person is None:
        record(by=by, kind=Kind.DENIAL, subject="break-glass: a number that opens nobody")
        return None
    by.forget_reach()
    return person


def _tell(by: Viewer, key: UUID, person: int, reason: str) -> None:
    unit = Opening.objects.values_list("unit_id", flat=True).get(id=key)
    told = reviewers(unit, but=by.staff_id)
    if not told:
        raise Cannot(
            _(
                "Nobody could be told and review it, so it stays closed. "
                "Call the prison they are in."
            )
        )
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="break-glass: record opened",
        record=key,
        people=[person],
        reason=reason,
        signed=Opening,
    )
    notify(
        by=by,
        kind=OPENED.slug,
        staff_ids=told,
        person_id=person,
        path=reverse("breakglass:review", args=[key]),
        once=told_once(key),
    )


def told_once(key: UUID) -> str:
    return f"break-glass:{key}"


@transaction.atomic
def close_glass(*, by: Viewer, key: UUID) -> None:
    """Close it before its time. One that is over stays over; 404 for somebody else's."""
    require_opener(by)
    mine = Opening.objects.filter(id=key, staff_id=by.staff_id)
    if not mine.exists():
        raise Http404
    with connection.cursor() as cursor:
        cursor.execute("select daybook.close_glass(%s)", [key])
        (closed,) = cursor.fetchone()
    if closed:
        record(by=by, kind=Kind.ALTERATION, subject="break-glass: closed early", record=key)
        by.forget_reach()


@transaction.atomic
def review(*, by: Viewer, key: UUID, opening: UUID, finding: str, words: str) -> None:
    """Answer for one use. The first answer stands; raises ``Cannot`` for a second one."""
    if not may_review(by):
        raise Http404
    about = use(opening, viewer=by)
    if Review.objects.filter(id=key, opening_id=opening, reviewed_by_id=by.staff_id).exists():
        return
    row = Review(
        id=key,
        opening_id=opening,
        reviewed_by_id=by.staff_id,
        reviewed_at=timezone.now(),
        finding=finding,
        words=words.strip(),
    )
    try:
        with transaction.atomic():
            Review.objects.bulk_create([row])
    except IntegrityError:
        raise Cannot(_("A colleague has answered it meanwhile; theirs stands.")) from None
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="break-glass: reviewed",
        record=key,
        people=[about.person_id],
        signed=Review,
    )
    answered(by=by, once=told_once(opening))
