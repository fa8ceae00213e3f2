"""A concern among what arrives: first of all, never looked at before it calls."""

from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.places.models import Unit
from daybook.foundation.staff.models import Staff
from daybook.observe.safety.actions.carried import raise_carried
from daybook.observe.safety.queries.on_duty import on_duty
from daybook.observe.safety.vocabulary import ConcernKind

from .rules import written_at
from .sealing import Sealed

CONCERN = "concern"
STAYS_SHUT = NoticeKind(
    "carried-concern-shut",
    _("A concern for somebody’s safety can’t be opened: ask whoever wrote it, now"),
    urgent=True,
)


class ConcernForm:
    """What is drawn on the carried list: one button for each thing that may be feared."""

    template = "carry/concern.html"
    kinds = ConcernKind.choices


@transaction.atomic
def raise_sealed(sealed: Sealed, *, by: Viewer) -> bool:
    """Raise it, whoever brings it. False where it names nobody that its author carried."""
    try:
        raise_carried(
            by=by,
            author=sealed.staff,
            person_id=sealed.person_id,
            key=sealed.key,
            kind=dict(sealed.said).get("kind", ""),
            noticed_at=sealed.device_at,
            written_at=written_at(
                stamped_at=sealed.stamped_at,
                loaded_at=sealed.loaded_at,
                device_at=sealed.device_at,
            ),
            carried_at=sealed.stamped_at,
        )
    except Http404:
        return False
    return True


@transaction.atomic
def tell_that_it_stays_shut(envelope: str, *, owner: str, by: Viewer) -> None:
    """Nobody can read what was feared: so whoever wrote it and the duty managers are told to
    speak with each other. Once for each envelope."""
    now = timezone.now()
    told = {by.staff_id, *_owner(owner)}
    for establishment in _where(by):
        told |= {each.staff_id for each in on_duty(establishment, now=now)}
    notify(
        by=by,
        kind=STAYS_SHUT.slug,
        staff_ids=told,
        path=reverse("safety:raise"),
        once=f"shut:{sha256(envelope.encode()).hexdigest()[:32]}",
    )


def _owner(key: str) -> list[int]:
    try:
        return list(Staff.objects.filter(key=UUID(key)).values_list("id", flat=True))
    except ValueError:
        return []


def _where(by: Viewer) -> set[int]:
    """The establishments at which the colleague works who brought it."""
    units = [held.unit_id for held in by.held if held.unit_id]
    there = Unit.objects.filter(id__in=units).values_list("establishment_id", flat=True)
    return {held.establishment_id for held in by.held if held.establishment_id} | set(there)
