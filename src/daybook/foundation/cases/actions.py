"""Opening a case, keeping its dates and its team, and closing it."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.staff.models import Staff

from .models import Case, CaseReview, TeamMember
from .queries import case_file
from .rules import date_problems


@transaction.atomic
def open_case(
    *,
    by: Viewer,
    key: UUID,
    person_id: int,
    legal_basis: str,
    opened_for: str,
    review_on: date,
    ends_on: date,
) -> None:
    """Begin work on a concern. Whoever opens it leads it until it is handed over.

    ``key`` comes with the form: the same one twice is one case. Raises ``Cannot`` for dates
    that no case may have.
    """
    require(person_id, viewer=by, compartment=Compartment.CASES, right=Right.WRITE)
    _hold_to_rules(review_on, ends_on)
    if Case.objects.filter(pk=key, lead_id=by.staff_id, person_id=person_id).exists():
        return
    now = timezone.now()
    case = Case(
        id=key,
        person_id=person_id,
        lead_id=by.staff_id,
        legal_basis=legal_basis,
        opened_for=opened_for,
        opened_at=now,
        review_on=review_on,
        ends_on=ends_on,
    )
    try:
        with transaction.atomic():
            Case.objects.bulk_create([case])
    except IntegrityError:
        # The key is somebody else's, and out of sight: as if it did not exist.
        raise Http404 from None
    TeamMember.objects.bulk_create([TeamMember(case_id=key, staff_id=by.staff_id, since=now)])
    record(by=by, kind=Kind.COLLECTION, subject="case opened", record=key, people=[person_id])
    by.forget_reach()


@transaction.atomic
def review_case(
    *, by: Viewer, case_id: UUID, key: UUID, review_on: date, ends_on: date, reason: str
) -> None:
    """Say why the work goes on, when it is looked at again and by when it ends.

    ``key`` comes with the form: the same one twice is one review.
    """
    case = _led(case_id, by)
    if CaseReview.objects.filter(pk=key, case_id=case_id, reviewed_by_id=by.staff_id).exists():
        return
    _refuse_if_closed(case)
    _hold_to_rules(review_on, ends_on)
    review = CaseReview(
        id=key,
        case_id=case_id,
        reviewed_by_id=by.staff_id,
        reviewed_at=timezone.now(),
        reason=reason,
        review_on=review_on,
        ends_on=ends_on,
    )
    try:
        with transaction.atomic():
            CaseReview.objects.bulk_create([review])
    except IntegrityError:
        raise Http404 from None
    Case.objects.filter(pk=case_id).update(review_on=review_on, ends_on=ends_on)
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="case reviewed",
        record=key,
        people=[case.person_id],
        reason=reason,
        signed=CaseReview,
    )


@transaction.atomic
def close_case(*, by: Viewer, key: UUID, reason: str) -> None:
    """End the work. Everyone who reached the person through it alone no longer does.

    Saying the same twice is saying it once.
    """
    case = _led(key, by)
    if (case.closed_by_id, case.closed_because) == (by.staff_id, reason):
        return
    _refuse_if_closed(case)
    Case.objects.filter(pk=key).update(
        closed_at=timezone.now(), closed_by_id=by.staff_id, closed_because=reason
    )
    _log(by, "case closed", case, "")
    by.forget_reach()


@transaction.atomic
def add_to_team(*, by: Viewer, key: UUID, staff_id: int, part: str = "") -> None:
    """A colleague works on the case from now on. Adding twice is adding once."""
    case = _in_hand(key, by)
    if not Staff.objects.filter(pk=staff_id, is_active=True).exists():
        raise Http404
    if TeamMember.objects.filter(case_id=key, staff_id=staff_id, until__isnull=True).exists():
        return
    TeamMember.objects.bulk_create(
        [TeamMember(case_id=key, staff_id=staff_id, part=part, since=timezone.now())]
    )
    _log(by, "case team: joined", case, "")


@transaction.atomic
def take_off_team(*, by: Viewer, key: UUID, member: UUID) -> None:
    """A colleague no longer works on the case. Raises ``Cannot`` for the lead."""
    case = _in_hand(key, by)
    rows = TeamMember.objects.filter(pk=member, case_id=key, until__isnull=True)
    if rows.filter(staff_id=by.staff_id).exists():
        raise Cannot(_("You lead this case. Hand it over first, then you can leave the team."))
    if rows.update(until=timezone.now()):
        _log(by, "case team: left", case, "")


@transaction.atomic
def hand_over(*, by: Viewer, key: UUID, staff_id: int) -> None:
    """Another member of the team leads from now on; whoever led stays on the team.

    Handing over twice is handing over once.
    """
    try:
        case = _in_hand(key, by)
    except Http404:
        # A second tap: it is theirs already, and whoever gave it away only reads it now.
        if by.everywhere or case_file(key, viewer=by).line.lead_id != staff_id:
            raise
        return
    team = TeamMember.objects.filter(case_id=key, until__isnull=True, staff__is_active=True)
    if not team.filter(staff_id=staff_id).exists():
        raise Cannot(_("Add them to the team first. Only somebody on the team can lead."))
    Case.objects.filter(pk=key).update(lead_id=staff_id)
    _log(by, "case handed over", case, "")


def _led(key: UUID, by: Viewer) -> Case:
    """The case, held until this transaction ends; 404 for everyone but its lead."""
    if by.everywhere:
        raise Http404
    case = Case.objects.select_for_update().filter(pk=key, lead_id=by.staff_id).first()
    if case is None:
        raise Http404
    return case


def _in_hand(key: UUID, by: Viewer) -> Case:
    case = _led(key, by)
    _refuse_if_closed(case)
    return case


def _refuse_if_closed(case: Case) -> None:
    if case.closed_at is not None:
        raise Cannot(_("This case is closed, and stays as it is."))


def _hold_to_rules(review_on: date, ends_on: date) -> None:
    if problems := date_problems(review_on, ends_on, timezone.localdate()):
        raise Cannot(" ".join(problems.values()))


def _log(by: Viewer, subject: str, case: Case, reason: str) -> None:
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject=subject,
        record=case.pk,
        people=[case.person_id],
        reason=reason,
    )
