"""What every step of a review begins with, and how a row is added once, with a refusal in words."""

from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from ..models import Member, Review
from ..queries.reach import leads, part_of, review_seen


def _refusals() -> dict[str, str]:
    return {
        "reviews_gathers": _(
            "The evidence was closed meanwhile, and rating has begun. What you wrote is still "
            "here: copy it, for when the matrix opens."
        ),
        "reviews_rates": _(
            "Your rating is signed, or the matrix is open: it stays as it was signed."
        ),
        "reviews_opens": _("The matrix isn’t open yet, or the review ended meanwhile."),
        "reviews_goes_on": _("This review has ended, and stays as it ended."),
        "reviews_two_roles": _(
            "One role alone rates nothing. Ask somebody in another role, and wait for their yes."
        ),
        "reviews_some_evidence": _("There is nothing to rate yet. Lay the first item."),
        "reviews_member_once": _("They were asked already."),
        "reviews_member_holds_it": _("They don’t hold this role any more. Choose again."),
        "reviews_member_works_with_them": _("Ask somebody who works with this person."),
        "reviews_hypothesis_stays": _("This one stays on every review. Nobody takes it off."),
        "reviews_evidence_stands": _(
            "This record doesn’t stand, or isn’t yours to lay here: it was taken back, is being "
            "contested, or is unconfirmed."
        ),
        "reviews_evidence_record_once": _("This record lies on the board already."),
        "reviews_hypothesistest_once": _("This item tests it already."),
        "reviews_membermarks_known": _("Choose one of the four words for each explanation."),
        "reviews_closing_least_contradicted": _(
            "Something new speaks against what you chose, or nothing could. Look at the matrix "
            "again; “not enough known” is always open."
        ),
        "reviews_closing_next_look": _("Choose a day within 180 days."),
        "reviews_unheard": _("What they say to it stands with how it ended."),
        "reviews_closing_review_id_key": _("It was closed meanwhile. Look at how it ended."),
    }


def added(row: Model, *, by: Viewer) -> bool:
    """Add a row. False if the viewer wrote it already; 404 for a key of somebody else's.

    Raises ``Cannot`` where the database refuses it for a reason that a person can mend.
    """
    manager = type(row)._default_manager
    try:
        with transaction.atomic():
            manager.bulk_create([row])
    except IntegrityError as refused:
        if manager.filter(pk=row.pk, written_by_id=by.staff_id).exists():
            return False
        raise in_words(refused) from None
    return True


def in_words(refused: IntegrityError) -> Exception:
    """What the database refused, as a sentence; 404 where nobody could mend it."""
    diag = getattr(refused.__cause__, "diag", None)
    constraint = getattr(diag, "constraint_name", None) or ""
    sentence = _refusals().get(constraint)
    return Cannot(sentence) if sentence else Http404()


def hold(key: UUID, *, by: Viewer) -> Review:
    """The review, held until this transaction ends; 404 for whoever doesn't see it.

    Every step holds it first, so that of two that meet one waits and sees the other.
    """
    if by.everywhere:
        raise Http404
    with connection.cursor() as cursor:
        cursor.execute("select daybook.hold_review(%s)", [key])
    return review_seen(key, viewer=by)


def led(key: UUID, *, by: Viewer) -> Review:
    """The same, for whoever takes the team's steps."""
    review = hold(key, by=by)
    if review.ended_at is not None and part_of(key, viewer=by) is not None:
        raise Cannot(_refusals()["reviews_goes_on"])
    if not leads(key, viewer=by):
        raise Http404
    return review


def own_part(key: UUID, *, by: Viewer) -> tuple[Review, Member]:
    """The review and the viewer's own part in it, to which they have said yes."""
    review = hold(key, by=by)
    mine = part_of(key, viewer=by)
    if mine is None or mine.accepted_at is None:
        raise Http404
    if review.ended_at is not None:
        raise Cannot(_refusals()["reviews_goes_on"])
    return review, mine


def gathering(key: UUID, *, by: Viewer) -> Review:
    """The review, for one of its members, while evidence is still laid."""
    review, _mine = own_part(key, by=by)
    if review.rating_since is not None:
        raise Cannot(_refusals()["reviews_gathers"])
    return review


def log(
    by: Viewer,
    kind: Kind,
    subject: str,
    key: UUID,
    person_id: int,
    *,
    reason: str = "",
    signed: type[Model] | None = None,
) -> None:
    record(
        by=by,
        kind=kind,
        subject=subject,
        record=key,
        people=[person_id],
        reason=reason,
        signed=signed,
    )
