"""Keeping somebody apart from others, the contact they have meanwhile, and ending it."""

from datetime import date
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.cannot import Cannot

from ..models import ContactDay, Separation
from ..queries import apart as queries
from ..queries.leaders import heads_of, leaders_above
from ..rules.apart import DAY

MUST_END = NoticeKind(
    "apart-must-end", gettext_lazy("Somebody has long been apart from others"), dated=True
)


@transaction.atomic
def begin(
    *,
    by: Viewer,
    person_id: int,
    key: UUID,
    apart_for: str,
    reason: str,
    instead: str,
    remedy: str,
    until_on: date,
) -> None:
    """From today this person is kept apart, by the viewer's decision. The same key is the same.

    Raises ``Cannot`` for an end that lets more than fifteen days run on end with under two
    hours of contact, and for somebody who is apart already.
    """
    if not queries.may_decide(person_id, viewer=by):
        raise Http404
    if Separation.objects.filter(id=key, person_id=person_id).exists():
        return
    if Separation.objects.filter(person_id=person_id, ended_on__isnull=True).exists():
        raise Cannot(_apart_already())
    today = timezone.localdate()
    if until_on < today:
        raise Cannot(_("Choose today or a later day."))
    last = queries.last_day(person_id, began_on=today, viewer=by)
    if last < today:
        raise Cannot(
            _(
                "Not again now: it would pass fifteen days on end with under two hours of "
                "contact a day. A full day with others comes first."
            )
        )
    if until_on > last:
        raise Cannot(
            _("Until {day} at the latest: fifteen days on end, and those before count.").format(
                day=date_format(last, "j F")
            )
        )
    separation = Separation(
        id=key,
        person_id=person_id,
        apart_for=apart_for,
        reason=reason,
        instead=instead,
        remedy=remedy,
        began_on=today,
        until_on=until_on,
        decided_by_id=by.staff_id,
        decided_at=timezone.now(),
        ended_because="",
    )
    try:
        with transaction.atomic():
            Separation.objects.bulk_create([separation])
    except IntegrityError:
        # Two decided in the same moment.
        raise Cannot(_apart_already()) from None
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="separation",
        record=key,
        people=[person_id],
        signed=Separation,
    )


@transaction.atomic
def write_contact(
    *, by: Viewer, separation_id: UUID, key: UUID, day: date, minutes: int, with_whom: str
) -> None:
    """Write down meaningful contact that somebody apart had. The same key is the same contact.

    Raises ``Cannot`` for a day on which they were not apart, or that is long past.
    """
    apart = queries.separation_with(separation_id, viewer=by)
    if not queries.may_write(apart.person_id, viewer=by):
        raise Http404
    if ContactDay.objects.filter(id=key, separation_id=separation_id).exists():
        return
    today = timezone.localdate()
    if not max(today - DAY, apart.began_on) <= day <= min(apart.ended_on or today, today):
        raise Cannot(_("Choose today or yesterday, a day on which they were apart."))
    try:
        with transaction.atomic():
            ContactDay.objects.bulk_create(
                [
                    ContactDay(
                        id=key,
                        separation_id=separation_id,
                        person_id=apart.person_id,
                        day=day,
                        minutes=minutes,
                        with_whom=with_whom,
                        written_by_id=by.staff_id,
                        written_at=timezone.now(),
                    )
                ]
            )
    except DatabaseError as failure:
        raise Cannot(_("It could not be written. Look at the days again.")) from failure
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="contact while apart",
        record=key,
        people=[apart.person_id],
        signed=ContactDay,
    )


@transaction.atomic
def end(*, by: Viewer, separation_id: UUID, reason: str) -> None:
    """From today this person is with the others again. Saying the same twice is saying it once.

    Raises ``Cannot`` where a colleague has ended it already.
    """
    apart = queries.separation_with(separation_id, viewer=by)
    if not queries.may_decide(apart.person_id, viewer=by):
        raise Http404
    separation = Separation.objects.select_for_update().get(id=separation_id)
    if separation.ended_on:
        if (separation.ended_by_id, separation.ended_because) == (by.staff_id, reason):
            return
        raise Cannot(_("A colleague has ended it already."))
    Separation.objects.filter(id=separation_id).update(
        ended_on=timezone.localdate(), ended_by_id=by.staff_id, ended_because=reason
    )
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="separation ended",
        record=separation_id,
        people=[apart.person_id],
    )


@transaction.atomic
def tell_of_long_ones(*, by: Viewer, today: date) -> None:
    """Each morning: tell those who lead of everyone whose separation is long, or is to end.

    From the tenth day of the run, and for as long as nobody ends what should have ended:
    the head of unit, the duty managers and the governor, once a day.
    """
    for person, apart in queries.apart_now(viewer=by):
        if apart.words and person.unit_id is not None:
            notify(
                by=by,
                kind=MUST_END.slug,
                staff_ids=heads_of(person.unit_id) | leaders_above(person.unit_id),
                person_id=person.id,
                path=reverse("safety:apart", args=[person.id]),
                once=f"apart-must-end:{apart.key}:{today}",
            )


def _apart_already() -> str:
    return _("They are apart already. Look at the page again.")
