"""Taking in what waited sealed: exactly once, under the name of whoever wrote it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django import forms
from django.db import IntegrityError, connection, transaction
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daybook.foundation.access.roles import Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import answered, notify
from daybook.foundation.duties.kinds import NoticeKind

from .concerns import CONCERN, raise_sealed, tell_that_it_stays_shut
from .models import Arrival
from .queries import as_sent
from .replays import CARRIED
from .rules import first_a_look, written_at
from .sealing import CannotOpen, Sealed, opened
from .vocabulary import WAITING, Outcome

NEEDS_A_LOOK = NoticeKind("carried-needs-a-look", _("Something you wrote needs a look from you"))


class Answer(StrEnum):
    """What a browser is told of an envelope. Only the first three let it go."""

    RAISED = "raised"
    """A concern, and those who answer have been called."""
    SAVED = "saved"
    LOOK = "look"
    NOT_YOURS = "not-yours"
    SHUT = "shut"
    """It could not be opened. It stays where it is, in case an earlier key is brought back."""


def arrive(
    *, by: Viewer, envelopes: Iterable[str], concerns_of: Mapping[str, str] | None = None
) -> list[Answer]:
    """Open each, and save it as on its own page, or keep it for its author's look.

    The same envelope again, from wherever, is answered as the first time and changes nothing.
    A concern is raised whoever brings it. ``concerns_of``: envelopes that a browser knows to
    hold one, with the key of whoever wrote it, for those that can't be opened.
    """
    known = concerns_of or {}
    answers = []
    for envelope in envelopes:
        answers.append(answer := _arrive(by, envelope))
        if answer is Answer.SHUT and envelope in known:
            tell_that_it_stays_shut(envelope, owner=known[envelope], by=by)
    return answers


def _arrive(by: Viewer, envelope: str) -> Answer:
    try:
        sealed = opened(envelope)
    except CannotOpen:
        return Answer.SHUT
    if sealed.form == CONCERN:
        return Answer.RAISED if raise_sealed(sealed, by=by) else Answer.SHUT
    if sealed.staff != by.key:
        return Answer.NOT_YOURS
    if sealed.form not in CARRIED:
        return Answer.SHUT
    try:
        with transaction.atomic():
            # First of all, so that a second envelope waits here until the first is settled.
            arrival = _claim(by, sealed)
            return _settle_first(by, arrival, sealed)
    except IntegrityError:
        known = Arrival.objects.filter(id=sealed.key, staff_id=by.staff_id).first()
        if known is None:
            return Answer.SHUT
        return Answer.LOOK if known.outcome in WAITING else Answer.SAVED


def _claim(by: Viewer, sealed: Sealed) -> Arrival:
    arrival = Arrival(
        id=sealed.key,
        staff_id=by.staff_id,
        person_id=sealed.person_id,
        form=sealed.form,
        device_at=sealed.device_at,
        written_at=written_at(
            stamped_at=sealed.stamped_at,
            loaded_at=sealed.loaded_at,
            device_at=sealed.device_at,
        ),
        arrived_at=timezone.now(),
        outcome=Outcome.REFUSED,
        said=[list(pair) for pair in sealed.said],
    )
    Arrival.objects.bulk_create([arrival])
    return arrival


def _settle_first(by: Viewer, arrival: Arrival, sealed: Sealed) -> Answer:
    why = first_a_look(
        arrival.written_at,
        stamped_at=sealed.stamped_at,
        arrived=arrival.arrived_at,
        half=sealed.half,
    ) or (Outcome.SAVED if _saved(by, arrival, as_sent(arrival)) else Outcome.REFUSED)
    if why is Outcome.SAVED:
        return Answer.SAVED
    Arrival.objects.filter(id=arrival.pk).update(outcome=why)
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="carried entry that needs a look",
        record=arrival.pk,
        people=[arrival.person_id],
    )
    notify(
        by=by,
        kind=NEEDS_A_LOOK.slug,
        staff_ids=[by.staff_id],
        path=reverse("carry:look", args=[arrival.pk]),
        once=_once(arrival.pk),
    )
    return Answer.LOOK


def _saved(by: Viewer, arrival: Arrival, said: QueryDict) -> bool:
    try:
        return save_looked_at(by=by, arrival=arrival, said=said) is None
    except Http404:
        return False


@transaction.atomic
def save_looked_at(*, by: Viewer, arrival: Arrival, said: QueryDict) -> forms.Form | None:
    """Save it as ``said``. Gives the form with its sentences if that can't be; else nothing.

    404 if its author may no longer write about this person.
    """
    carried = CARRIED[arrival.form]
    if arrival.person_id not in by.people(carried.compartment, Right.WRITE):
        raise Http404
    form = carried.form(arrival.person_id, said, viewer=by)
    if not form.is_valid():
        return form
    asks_the_day = arrival.outcome == Outcome.CLOCK and "day" in form.fields
    if asks_the_day and not form.cleaned_data.get("day"):
        form.add_error("day", gettext("Say which day this is about."))
        return form
    if not carried.save(form, by=by, key=arrival.pk, written_at=arrival.written_at):
        return form
    _end(arrival.pk, Outcome.SAVED)
    answered(by=by, once=_once(arrival.pk))
    return None


@transaction.atomic
def discard(*, by: Viewer, arrival: Arrival) -> None:
    """Its author lets go of it; a second press changes nothing. That it came stays known."""
    if not _end(arrival.pk, Outcome.DISCARDED):
        return
    answered(by=by, once=_once(arrival.pk))
    record(
        by=by,
        kind=Kind.ERASURE,
        subject="carried entry discarded by its author",
        record=arrival.pk,
        people=[arrival.person_id],
    )


def let_go_of_what_waited(*, by: Viewer, before: datetime) -> int:
    """At Daybook's own desk: the words of what its author never looked at go; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.let_go_of_carried(%s)", [before])
        gone = [key for (key,) in cursor.fetchall()]
    for key in gone:
        answered(by=by, once=_once(key))
        record(by=by, kind=Kind.ERASURE, subject="carried entry nobody looked at", record=key)
    return len(gone)


def _end(key: UUID, outcome: Outcome) -> int:
    return Arrival.objects.filter(id=key, outcome__in=WAITING).update(outcome=outcome, said=None)


def _once(key: UUID) -> str:
    return f"carried:{key}"
