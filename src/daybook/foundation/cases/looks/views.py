"""The page that says who has looked."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import DATA_PROTECTION
from daybook.foundation.people.queries import person_line
from daybook.foundation.registry.cannot import Cannot

from . import queries
from .forms import InquiryForm
from .rules import SHOWN, by_day


@require_safe
@page
def looks(request: Visit, person: int) -> HttpResponse:
    """Day by day, who read about this person and what was given out."""
    last = _day_asked_for(request.GET.get("before", "")) or timezone.localdate()
    found = queries.looks_at(person, until=_end_of(last), viewer=request.viewer)
    context = {
        "person": person_line(person, viewer=request.viewer),
        "days": by_day(found),
        "inspects": request.viewer.everywhere,
        "until": last,
        "since": last - SHOWN + timedelta(days=1),
        "earlier": last - SHOWN,
        "newest": last >= timezone.localdate(),
    }
    return render(request, "cases/looks.html", context)


@page
def looks_on_inquiry(request: Visit) -> HttpResponse:
    """The same for data protection: about one person at a time, where an inquiry is named."""
    viewer = request.viewer
    if not viewer.holds(DATA_PROTECTION):
        raise Http404
    found = None
    form = InquiryForm(initial={"until": timezone.localdate()})
    if request.method == "POST":
        form = InquiryForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            try:
                found = queries.looks_on_inquiry(
                    said["person"], until=_end_of(said["until"]), inquiry=said["inquiry"],
                    viewer=viewer,
                )  # fmt: skip
            except Cannot as nobody:
                form.add_error("person", str(nobody))
    context: dict[str, Any] = {"form": form}
    if found is not None:
        until = form.cleaned_data["until"]
        context |= {
            "asked": form.cleaned_data,
            "days": by_day(found),
            "until": until,
            "since": until - SHOWN + timedelta(days=1),
        }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "cases/looks_on_inquiry.html", context, status=status)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _day_asked_for(given: str) -> date | None:
    try:
        return min(date.fromisoformat(given), timezone.localdate())
    except ValueError:
        return None
