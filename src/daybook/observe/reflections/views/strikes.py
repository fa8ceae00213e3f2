"""The wrong person, the wrong word: striking, moving, and what data protection sees of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.people.queries import PersonLine, person_line
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.ui import parts

from ..actions.strikes import strike as strike_it
from ..forms.moments import moment_asked_for
from ..forms.strikes import InquiryForm, StrikeForm
from ..queries import strikes as queries
from ..rules.strikes import MOVABLE, still_its_author_s, still_stands, struck_already
from ..vocabulary import Entered

SHOWN = 50


@page
def strike(request: Visit, kind: str, entry: UUID) -> HttpResponse:
    """One entry, and the question what is wrong with it."""
    viewer = request.viewer
    if kind not in Entered.values:
        raise Http404
    if gone := queries.strike_of(entry, viewer=viewer):
        # A second tap finds the first; a colleague's strike is as good as one's own.
        messages.info(request, struck_already(), extra_tags=f"strike-{entry}")
        return redirect("reflections:person", gone.person_id)
    standing = queries.entry_to_strike(Entered(kind), entry, viewer=viewer)
    person = person_line(standing.person_id, viewer=viewer)
    form = _form(request, standing, person)
    if form.is_bound and form.is_valid() and _struck(request, standing, form):
        said = _("It was moved.") if form.cleaned_data["moved_to"] else _("It was struck.")
        messages.success(request, said, extra_tags=f"strike-{entry}")
        return redirect("reflections:person", person.id)
    context = {
        "person": person,
        "told": _told(standing.at, standing.who, standing.voices),
        "key": entry,
        "form": None if _too_early(standing) else form,
        "too_early": _too_early(standing),
    }
    wrong = form.is_bound and not form.is_valid()
    return render(request, "reflections/strike.html", context, status=422 if wrong else 200)


def _form(request: Visit, entry: queries.Entry, person: PersonLine) -> StrikeForm:
    given: dict[str, Any] = {
        "may_move": entry.kind in MOVABLE,
        "names": [person.full_name, person.given_name],
    }
    if request.method != "POST":
        return StrikeForm(initial={"key": new_key()}, **given)
    whose = request.POST.get("whose", "").strip()[:120]
    found = queries.whose_it_may_be(whose, entry, viewer=request.viewer) if whose else []
    return StrikeForm(request.POST, found=found, **given)


def _too_early(entry: queries.Entry) -> str:
    if entry.stands:
        return still_stands()
    if entry.kind != Entered.REFLECTION or not isinstance(entry.at, datetime):
        return ""
    return still_its_author_s(entry.at, timezone.now())


def _struck(request: Visit, entry: queries.Entry, form: StrikeForm) -> bool:
    if too_early := _too_early(entry):
        form.add_error(None, too_early)
        return False
    said = form.cleaned_data
    try:
        strike_it(
            by=request.viewer,
            kind=entry.kind,
            entry=entry.key,
            key=said["key"],
            reason=said["reason"],
            moved_to=said["moved_to"],
        )
    except Cannot as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _told(at: Any, who: str, voices: tuple[Any, ...]) -> parts.Entry:
    return parts.Entry(
        when=at, who=who, voices=[parts.Voice(voice.kind, voice.text) for voice in voices]
    )


@page
def sealed(request: Visit) -> HttpResponse:
    """That entries were struck; what one of them said, where an inquiry is named."""
    viewer = request.viewer
    before = moment_asked_for(request.GET.get("before", ""))
    struck = queries.sealed_entries(viewer=viewer, before=before, limit=SHOWN)
    form = InquiryForm(request.POST if request.method == "POST" else None)
    opened = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        found = queries.unseal(said["strike"], viewer=viewer, inquiry=said["inquiry"])
        opened = {
            "person": found.person,
            "inquiry": said["inquiry"],
            "told": _told(found.at, found.who, found.voices),
        }
    asked = form["strike"].value() if form.is_bound else None
    context = {
        "opened": opened,
        "rows": [
            {
                "struck": each,
                "form": form if str(each.key) == asked and not opened else _asking(each),
            }
            for each in struck
        ],
        "earlier": struck[-1].at.isoformat() if len(struck) == SHOWN else "",
    }
    wrong = form.is_bound and not form.is_valid()
    return render(request, "reflections/sealed.html", context, status=422 if wrong else 200)


def _asking(struck: queries.Struck) -> InquiryForm:
    return InquiryForm(initial={"strike": struck.key}, auto_id=f"{struck.key}-%s")
