"""Naming personal officers, and who stands in for one who is away."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Least
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from .models import Cover, PersonalOfficer
from .officers import possible_officers
from .queries import person_line
from .rules import cover_problems, cover_times

MOMENT = timedelta(microseconds=1)


@transaction.atomic
def name_officers(
    *, by: Viewer, person_id: int, wanted: dict[str, int | None], seen: dict[str, int | None]
) -> None:
    """From now on these are the person's officers, by side of the roster; None for nobody.

    ``seen`` are those whom the manager had before their eyes. Raises ``Cannot``, and changes
    nothing, where somebody else is named meanwhile, or where a new one can't reach the person.
    """
    require(person_id, viewer=by, compartment=Compartment.IDENTITY, right=Right.WRITE)
    for side, staff_id in wanted.items():
        _name(by, person_id, side, staff_id, seen.get(side))


@transaction.atomic
def cover_for(
    *, by: Viewer, officer_id: int, staff_id: int, people: Collection[int], first: date, last: date
) -> None:
    """A colleague stands in for an officer who is away, for those of ``people`` who are theirs.

    Raises ``Cannot`` for days no cover may have, for a stand-in who can't reach them, and
    where somebody already stands in on one of the days.
    """
    now = timezone.now()
    if problems := cover_problems(first, last, timezone.localdate()):
        raise Cannot(" ".join(problems.values()))
    if officer_id == staff_id:
        raise Cannot(_("Choose a colleague: nobody stands in for themselves."))
    held = list(
        scope(
            PersonalOfficer.objects.select_for_update(),
            viewer=by,
            compartment=Compartment.IDENTITY,
            right=Right.WRITE,
        )
        .filter(staff_id=officer_id, person_id__in=people, until__isnull=True)
        .order_by("id")
    )
    if not held:
        raise Cannot(_("Nobody on this unit has this officer any more. Look at the list again."))
    if not _may_be_named(staff_id, held[0].person_id, by):
        raise Cannot(_("Choose a personal officer who works on this unit now."))
    since, until = cover_times(first, last, now)
    standing_in = Cover.objects.filter(
        assignment_id__in=[one.pk for one in held], since__lt=until, until__gt=since
    ).values_list("staff_id", "until")
    if list(standing_in) == [(staff_id, until)] * len(held):
        return  # A second tap of the same button.
    if standing_in:
        raise Cannot(_("Somebody already stands in on these days. End that cover first."))
    Cover.objects.bulk_create(
        Cover(
            assignment_id=one.pk,
            person_id=one.person_id,
            staff_id=staff_id,
            since=since,
            until=until,
        )
        for one in held
    )
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="cover for a personal officer",
        people=[one.person_id for one in held],
    )


@transaction.atomic
def end_cover(
    *, by: Viewer, officer_id: int, staff_id: int, until: datetime, people: Collection[int]
) -> None:
    """The officer is back. Ending a cover that has ended changes nothing."""
    now = timezone.now()
    rows = scope(
        Cover.objects.filter(
            assignment__staff_id=officer_id,
            staff_id=staff_id,
            until=until,
            until__gt=now,
            person_id__in=people,
        ),
        viewer=by,
        compartment=Compartment.IDENTITY,
        right=Right.WRITE,
    )
    ended = list(rows.values_list("id", "person_id"))
    # No row is ever removed: cover that has not begun shrinks to a moment that has passed.
    Cover.objects.filter(pk__in=[key for key, _person in ended]).update(
        since=Least(F("since"), now - MOMENT), until=now
    )
    if ended:
        record(
            by=by,
            kind=Kind.ALTERATION,
            subject="cover for a personal officer",
            people=[person for _key, person in ended],
        )


def _name(
    by: Viewer, person_id: int, side: str, staff_id: int | None, instead_of: int | None
) -> None:
    held = (
        PersonalOfficer.objects.select_for_update()
        .filter(person_id=person_id, side=side, until__isnull=True)
        .first()
    )
    now_there = held.staff_id if held else None
    if now_there == staff_id:
        return
    if now_there != instead_of:
        raise Cannot(_overtaken())
    if staff_id is not None and not _may_be_named(staff_id, person_id, by):
        raise Cannot(_("Choose a personal officer who works on this unit now."))
    now = timezone.now()
    if held:
        PersonalOfficer.objects.filter(pk=held.pk).update(until=now)
    if staff_id is not None:
        try:
            with transaction.atomic():
                PersonalOfficer.objects.create(
                    person_id=person_id, staff_id=staff_id, side=side, since=now
                )
        except IntegrityError:
            raise Cannot(_overtaken()) from None
    record(
        by=by,
        kind=Kind.ALTERATION if held else Kind.COLLECTION,
        subject=f"personal officer, side {side}",
        people=[person_id],
    )


def _may_be_named(staff_id: int, person_id: int, by: Viewer) -> bool:
    unit_id = person_line(person_id, viewer=by).unit_id
    if unit_id is None:
        raise Http404
    return staff_id in {officer.id for officer in possible_officers(unit_id)}


def _overtaken() -> str:
    return _("A colleague changed this a moment ago. Look again at who is named now.")
