"""Who is on duty: set down by duty managers, read by everybody who may need them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daybook.foundation.access.page import Visit, page
from daybook.foundation.places.models import Establishment
from daybook.foundation.registry.cannot import Cannot

from ..actions import turns as actions
from ..forms.turns import TurnForm
from ..queries import turns as queries
from ..queries.on_duty import on_duty
from ..vocabulary import Duty


@page
def who_is_on_duty(request: Visit) -> HttpResponse:
    """On-call care and the duty manager now, and the turns that are set down."""
    places = queries.works_at(request.viewer)
    if not places:
        raise Http404
    sets = queries.sets_turns_at(request.viewer)
    if request.method == "POST" and not sets:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    shown = []
    for place in places:
        form = _form(place, sent) if place.id in sets else None
        if form is not None and form.is_bound and form.is_valid() and _set(request, place, form):
            messages.success(request, _("Set down. They are called from then on."))
            return redirect("safety:on-duty")
        shown.append(_shown(place, form))
    wrong = any(place["form"] is not None and place["form"].is_bound for place in shown)
    return render(request, "safety/on_duty.html", {"places": shown}, status=422 if wrong else 200)


@require_POST
@page
def end_turn(request: Visit, turn: UUID) -> HttpResponse:
    actions.end_turn(by=request.viewer, turn_id=turn)
    messages.success(request, _("That turn has ended."))
    return redirect("safety:on-duty")


def _form(place: Establishment, sent: Any) -> TurnForm:
    now = timezone.now()
    colleagues = {duty: queries.may_answer(place.id, duty, now=now) for duty in Duty}
    prefix = f"at-{place.id}"
    if sent is not None and f"{prefix}-key" in sent:
        return TurnForm(sent, colleagues=colleagues, prefix=prefix)
    return TurnForm(initial=TurnForm.usual(), colleagues=colleagues, prefix=prefix)


def _set(request: Visit, place: Establishment, form: TurnForm) -> bool:
    said = form.cleaned_data
    duty, staff = said["who"]
    try:
        actions.set_turn(
            by=request.viewer,
            key=said["key"],
            establishment_id=place.id,
            duty=duty,
            staff_id=staff,
            since=said["since"],
            until=said["until"],
        )
    except Cannot as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _shown(place: Establishment, form: TurnForm | None) -> dict[str, Any]:
    now = timezone.now()
    return {
        "place": place,
        "now": on_duty(place.id, now=now),
        "turns": queries.turns_at(place.id, now=now),
        "form": form,
    }
