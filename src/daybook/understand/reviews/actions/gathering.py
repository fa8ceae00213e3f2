"""Laying evidence and explanations, what would speak against each, and what tests it."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.information.actions.given import rest_on

from ..models import Evidence, Hypothesis, HypothesisTest
from ..vocabulary import STAYS, Explanation, RecordKind
from .once import added, gathering, log

USED_BY = "joint review"
"""What a confirmed concern is told that rests on it."""


@transaction.atomic
def lay(
    *,
    by: Viewer,
    review: UUID,
    key: UUID,
    dimension: str,
    source: str,
    what: str,
    words: str,
    innocent: str,
    seen_on: date | None = None,
    told_by: str = "",
    same_as: UUID | None = None,
    record_kind: str = "",
    record: UUID | None = None,
) -> None:
    """Lay an item on the board. The database works out to whom it goes back, and hides who.

    What is laid from information rests on it: it ends with it. Raises ``Cannot`` for a record
    that doesn't stand.
    """
    found = gathering(review, by=by)
    row = Evidence(
        id=key,
        review_id=review,
        person_id=found.person_id,
        dimension=dimension,
        source=source,
        what=what,
        words=words,
        innocent=innocent,
        seen_on=seen_on,
        told_by=told_by,
        same_as_id=same_as,
        record_kind=record_kind,
        record=record,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if not added(row, by=by):
        return
    if record_kind == RecordKind.INFORMATION and record is not None:
        rest_on(
            by=by,
            concern=record,
            key=new_key(),
            kind=USED_BY,
            record_key=key,
            why=_("Laid on the board of a joint review."),
        )
    log(by, Kind.COLLECTION, "joint review: evidence", key, found.person_id, signed=Evidence)


@transaction.atomic
def take_back(*, by: Viewer, review: UUID, evidence: UUID, because: str) -> None:
    """Take one's own item off the board, for a reason, while evidence is still laid."""
    found = gathering(review, by=by)
    rows = Evidence.objects.filter(id=evidence, review_id=review, written_by_id=by.staff_id)
    if not rows.exists():
        raise Http404
    if rows.filter(struck_at__isnull=True).update(struck_at=timezone.now(), struck_because=because):
        log(by, Kind.ALTERATION, "joint review: evidence taken back", evidence, found.person_id,
            reason=because)  # fmt: skip


@transaction.atomic
def add_explanation(
    *, by: Viewer, review: UUID, key: UUID, words: str, against: str, keeps_hidden: bool
) -> None:
    """Add an explanation of the team's own, with what would speak against it, and whether it says
    that something is kept hidden: then it closes only with the evidence that this needs."""
    found = gathering(review, by=by)
    row = Hypothesis(
        id=key,
        review_id=review,
        person_id=found.person_id,
        slug=f"own-{key.hex[-12:]}",
        kind=Explanation.OWN,
        words=words,
        against=against,
        keeps_hidden=keeps_hidden,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by):
        log(by, Kind.COLLECTION, "joint review: explanation", key, found.person_id,
            signed=Hypothesis)  # fmt: skip


@transaction.atomic
def say_against(
    *, by: Viewer, review: UUID, hypothesis: UUID, against: str, seen: str | None = None
) -> None:
    """Say what would speak against an explanation. ``seen`` is what the words replace."""
    found = gathering(review, by=by)
    row = _explanation(review, hypothesis)
    if row.against == against:
        return
    if seen is not None and row.against != seen:
        raise Cannot(_("A colleague has written something here meanwhile. Look at it again."))
    Hypothesis.objects.filter(id=hypothesis).update(against=against)
    log(by, Kind.ALTERATION, "joint review: what would speak against it", hypothesis,
        found.person_id)  # fmt: skip


@transaction.atomic
def drop(*, by: Viewer, review: UUID, hypothesis: UUID, because: str) -> None:
    """Take an explanation off the review. Three of them stay on every one."""
    found = gathering(review, by=by)
    row = _explanation(review, hypothesis)
    if row.kind in STAYS:
        raise Cannot(_("This one stays on every review. Nobody takes it off."))
    if Hypothesis.objects.filter(id=hypothesis, dropped_at__isnull=True).update(
        dropped_at=timezone.now(), dropped_by_id=by.staff_id, dropped_because=because
    ):
        log(by, Kind.ALTERATION, "joint review: explanation taken off", hypothesis,
            found.person_id, reason=because)  # fmt: skip


@transaction.atomic
def lay_test(*, by: Viewer, review: UUID, key: UUID, hypothesis: UUID, evidence: UUID) -> None:
    """Say that an item could have spoken against an explanation, had it turned out otherwise."""
    found = gathering(review, by=by)
    row = HypothesisTest(
        id=key,
        review_id=review,
        person_id=found.person_id,
        hypothesis_id=hypothesis,
        evidence_id=evidence,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by):
        log(by, Kind.COMBINATION, "joint review: test", key, found.person_id,
            signed=HypothesisTest)  # fmt: skip


@transaction.atomic
def take_test_back(*, by: Viewer, review: UUID, test: UUID) -> None:
    found = gathering(review, by=by)
    rows = HypothesisTest.objects.filter(id=test, review_id=review)
    if not rows.exists():
        raise Http404
    if rows.filter(dropped_at__isnull=True).update(
        dropped_at=timezone.now(), dropped_by_id=by.staff_id
    ):
        log(by, Kind.ALTERATION, "joint review: test taken back", test, found.person_id)


def _explanation(review: UUID, hypothesis: UUID) -> Hypothesis:
    row = Hypothesis.objects.filter(id=hypothesis, review_id=review).first()
    if row is None:
        raise Http404
    return row
