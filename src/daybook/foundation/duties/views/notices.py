"""What waits for one to look at, and what one wishes to hear of."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.ui.parts import Filter

from .. import actions, queries
from ..forms import WishForm
from ..kinds import kinds


@require_safe
@page
def mine(request: Visit) -> HttpResponse:
    """My notices: what waits, and what I have looked at lately."""
    told = queries.my_notices(viewer=request.viewer)
    dated = [notice for notice in told if notice.dated]
    show = request.GET.get("show", "")
    here = reverse("duties:notices")
    shown = dated if show == "due" else told
    context = {
        "pills": [
            Filter(_("All"), here, current=show != "due", count=_waiting(told)),
            Filter(
                _("Due and overdue"), f"{here}?show=due", current=show == "due",
                count=_waiting(dated),
            ),
        ],
        "any": bool(told),
        "waiting": [notice for notice in shown if notice.waits],
        "lately": [notice for notice in shown if not notice.waits],
        "may_tick_off": show != "due" and any(each.waits and not each.urgent for each in told),
        "drawn_at": timezone.now().isoformat(),
    }  # fmt: skip
    return render(request, "duties/notices.html", context)


@require_POST
@page
def seen(request: Visit, notice: UUID) -> HttpResponse:
    """Look at a notice, and go where it leads, or stay."""
    path = queries.notice_path(notice, viewer=request.viewer)
    actions.mark_seen(by=request.viewer, notice_id=notice)
    return redirect(path if request.POST.get("then") == "open" else "duties:notices")


@require_POST
@page
def all_seen(request: Visit) -> HttpResponse:
    """Everything that stood on the page has been looked at; what came since has not."""
    try:
        until = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        until = None
    if until is not None and timezone.is_aware(until):
        actions.mark_all_seen(by=request.viewer, until=until)
    return redirect("duties:notices")


@page
def wishes(request: Visit) -> HttpResponse:
    """What I want to hear of, and how."""
    held = queries.my_wishes(viewer=request.viewer)
    form = WishForm(request.POST if request.method == "POST" else None, held=held)
    if form.is_bound and form.is_valid():
        actions.wish(by=request.viewer, wishes=form.cleaned_data)
        messages.success(request, _("Kept. It holds from the next notice on."))
        return redirect("duties:notices")
    context = {"form": form, "always": [kind.label for kind in kinds if kind.urgent]}
    return render(request, "duties/wishes.html", context, status=422 if form.is_bound else 200)


def _waiting(told: "list[queries.Told]") -> int:
    return sum(notice.waits for notice in told)
