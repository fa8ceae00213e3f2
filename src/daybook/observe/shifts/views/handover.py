"""Handover: the log of this shift and of those before, and who has read them."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.queries import units_of
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_on
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.models.meetings import Shift

from ..actions import handover as actions
from ..forms.handover import NoteForm, SignForm
from ..queries import handover as queries
from ..queries.events import support_to_offer
from ..queries.units import unit_with, writes_on
from ..rules.handover import Span, may_be_signed, shift_before, shift_now, shift_of
from .requests import status_of

SHIFTS_LISTED = 9
"""Three days: who was off for a weekend finds what was missed."""


@page
def handover(request: Visit, unit: str) -> HttpResponse:
    """The shift that runs now, what to add to it, and the shifts before it."""
    viewer, now = request.viewer, timezone.now()
    where = unit_with(unit, viewer=viewer)
    span = shift_now(now)
    writes = writes_on(where.id, viewer=viewer)
    people = _people(where.id, viewer) if writes else []
    form = NoteForm(people=people, initial={"key": new_key()})
    if request.method == "POST":
        unit_with(unit, viewer=viewer, right=Right.WRITE)
        form = NoteForm(request.POST, people=people)
        if form.is_valid():
            actions.add_note(by=viewer, unit_id=where.id, **form.cleaned_data)
            messages.success(request, _("The note is saved."), extra_tags=f"handover-{unit}")
            return redirect("shifts:handover", unit)
    earlier = _before(span)
    signed = queries.readers(where.id, since=earlier[-1].day, until=span.day)
    context: dict[str, Any] = {
        "unit": where,
        "span": span,
        "now": now,
        "shown": queries.log_of(span, where.id, viewer=viewer),
        "signed": signed.get((span.day, span.shift.value), []),
        "form": form if writes else None,
        "earlier": [(each, signed.get((each.day, each.shift.value), [])) for each in earlier],
        "me": viewer.staff_id,
        "covers": where.id
        in {each.id for each in units_of(viewer, Compartment.IDENTITY, Right.WRITE)},
        "supports": [each for each in support_to_offer(viewer=viewer) if each.unit_id == where.id],
    }
    return render(request, "shifts/handover.html", context, status=status_of(form))


@page
def shift_log(request: Visit, unit: str, day: str, shift: str) -> HttpResponse:
    """The log of one shift. Reading it is signed once; signing changes nothing in it."""
    viewer, now = request.viewer, timezone.now()
    where = unit_with(unit, viewer=viewer)
    span = _span(day, shift, now)
    if request.method == "POST":
        form = SignForm(request.POST)
        until = form.cleaned_data["read_until"] if form.is_valid() else now
        try:
            actions.sign(by=viewer, unit_id=where.id, span=span, read_until=until)
        except Cannot as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("You have signed that you read this."))
        return redirect("shifts:log", unit, day, shift)
    signed = queries.read_by(span, where.id)
    mine = next((read for read in signed if read.staff_id == viewer.staff_id), None)
    context = {
        "unit": where,
        "span": span,
        "shown": queries.log_of(span, where.id, viewer=viewer, signed=mine),
        "signed": signed,
        "mine": mine,
        "runs": now < span.until,
        "read_until": min(now, span.until).isoformat(),
        "may_sign": mine is None
        and may_be_signed(span, now)
        and writes_on(where.id, viewer=viewer),
    }
    return render(request, "shifts/log.html", context)


def _span(day: str, shift: str, now: datetime) -> Span:
    """The shift an address names, unless it is none, or is still to come."""
    try:
        asked: date | None = parse_date(day)
        span = shift_of(asked, Shift(shift)) if asked else None
    except (ValueError, OverflowError):
        span = None
    if span is None or span.since > now:
        raise Http404
    return span


def _before(span: Span) -> list[Span]:
    found = [shift_before(span)]
    while len(found) < SHIFTS_LISTED:
        found.append(shift_before(found[-1]))
    return found


def _people(unit_id: int, viewer: Viewer) -> list[PersonLine]:
    return people_on(unit_id, viewer=viewer, compartment=Compartment.WING, right=Right.WRITE)
