"""The page that says who has looked."""

from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.people.queries import person_line

from .queries import looks_at
from .rules import SHOWN, by_day


@require_safe
@page
def looks(request: Visit, person: int) -> HttpResponse:
    """Day by day, who read about this person and what was given out."""
    last = _day_asked_for(request.GET.get("before", "")) or timezone.localdate()
    until = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    found = looks_at(person, until=until, viewer=request.viewer)
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


def _day_asked_for(given: str) -> date | None:
    try:
        return min(date.fromisoformat(given), timezone.localdate())
    except ValueError:
        return None
