"""Asking colleagues to take part, answering for oneself, and leaving."""

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.access.roles import CASE_LEAD, PROBATION_OFFICER, PSYCHOLOGIST
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.cannot import Cannot

from ..models import Member, Review
from ..queries.reach import part_of
from ..rules.stages import roles_lack
from .once import added, hold, led, log

ASKED = NoticeKind(
    "joint-review-asked", gettext_lazy("You are asked to take part in a joint review")
)
OPENED = NoticeKind("joint-review-matrix", gettext_lazy("Everybody has rated: the matrix is open"))
KEEP_CASEWORK = {CASE_LEAD.key, PSYCHOLOGIST.key, PROBATION_OFFICER.key}


@transaction.atomic
def ask(*, by: Viewer, review: UUID, key: UUID, staff_id: int, part: str) -> None:
    """Ask a colleague who works with the person, in the name of one of their roles.

    Whoever takes on a review that nobody leads any more asks themselves, and has said yes.
    """
    found = led(review, by=by)
    row = Member(
        id=key,
        review_id=review,
        person_id=found.person_id,
        staff_id=staff_id,
        part=part,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by):
        log(by, Kind.COLLECTION, "joint review: asked to take part", key, found.person_id,
            signed=Member)  # fmt: skip
        if staff_id == by.staff_id:
            accept(by=by, review=review)
            return
        notify(
            by=by,
            kind=ASKED.slug,
            staff_ids=[staff_id],
            path=reverse("reviews:review", args=[review]),
        )


@transaction.atomic
def accept(*, by: Viewer, review: UUID) -> None:
    """Say yes. Nobody else says it for one."""
    found = hold(review, by=by)
    mine = part_of(review, viewer=by)
    if mine is None:
        raise Http404
    if mine.accepted_at is not None:
        return
    if found.rating_since is not None or found.ended_at is not None:
        raise Cannot(_("Rating has begun without you, or it has ended. Nothing is owed."))
    Member.objects.filter(id=mine.id).update(accepted_at=timezone.now())
    log(by, Kind.ALTERATION, "joint review: joined", mine.id, found.person_id)


@transaction.atomic
def leave(*, by: Viewer, review: UUID) -> None:
    """Say no, or leave. No reason is asked, and none is kept."""
    found = hold(review, by=by)
    mine = part_of(review, viewer=by)
    if mine is None:
        raise Http404
    _take_off(mine, found, by=by)
    log(by, Kind.ALTERATION, "joint review: left", mine.id, found.person_id)


@transaction.atomic
def take_off(*, by: Viewer, review: UUID, member: UUID) -> None:
    """A colleague takes part no more: once all others have signed, the matrix opens."""
    found = led(review, by=by)
    row = Member.objects.filter(id=member, review_id=review).first()
    if row is None:
        raise Http404
    if row.left_at is None:
        _take_off(row, found, by=by)
        log(by, Kind.ALTERATION, "joint review: taken off", member, found.person_id)
        tell_of_matrix(by, review)


def _take_off(row: Member, review: Review, *, by: Viewer) -> None:
    others = Member.objects.filter(
        review_id=row.review_id, left_at__isnull=True, accepted_at__isnull=False
    ).exclude(id=row.id)
    keeps = row.part in KEEP_CASEWORK and row.accepted_at is not None
    if keeps and not others.filter(part__in=KEEP_CASEWORK).exists():
        raise Cannot(_("Somebody who keeps casework stays with it. Ask another, or give it up."))
    if row.finished_at is not None:
        raise Cannot(_("They have signed what they rated: it stays, and so do they."))
    if review.rating_since is not None and roles_lack(list(others.values_list("part", flat=True))):
        # Nobody joins any more, and one role alone opens no matrix.
        raise Cannot(
            _(
                "One role would be left, and one role alone opens no matrix. Wait for them to "
                "sign, or give the review up and open another."
            )
        )
    Member.objects.filter(id=row.id, left_at__isnull=True).update(left_at=timezone.now())


def tell_of_matrix(by: Viewer, review: UUID) -> None:
    """Tell everybody once that it is open; nothing where it isn't."""
    found = hold(review, by=by)
    if found.matrix_since is None:
        return
    members = Member.objects.filter(review_id=review, left_at__isnull=True)
    notify(
        by=by,
        kind=OPENED.slug,
        staff_ids=[key for key in members.values_list("staff_id", flat=True) if key != by.staff_id],
        path=reverse("reviews:matrix", args=[review]),
        once=f"matrix {review}",
    )
