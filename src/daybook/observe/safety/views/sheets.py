"""Lists of a unit to be carried in the hand, on the screen and on paper."""

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Compartment, Right
from daybook.observe.reflections.queries.board import writes_on
from daybook.observe.reflections.queries.channels import channels
from daybook.ui.paper import typeset
from daybook.ui.words import exact

from ..forms.paper import questions
from ..queries import sheets as queries

TEMPLATES = Path(__file__).parent.parent / "templates" / "safety"


@require_safe
@page
def unlock_sheet(request: Visit, unit: str) -> HttpResponse:
    """Everyone on the unit by cell, with what to know before the door is opened."""
    where, doors = queries.unlock_sheet(unit, viewer=request.viewer)
    context = {
        "unit": where,
        "doors": doors,
        "cannot": [(door.person, words) for door in doors for words in door.cannot],
        "writes": writes_on(where, viewer=request.viewer),
        "reaches_all": queries.reaches_all(where.establishment_id, viewer=request.viewer),
    }
    return render(request, "safety/unlock_sheet.html", context)


@require_safe
@page
def unlock_pdf(request: Visit, unit: str) -> HttpResponse:
    """The same on paper, for staff only: never printed together with the wing sheet."""
    where, doors = queries.unlock_sheet(unit, viewer=request.viewer)
    title = _("{unit}: know before you unlock").format(unit=where.name)
    return _pdf(
        "unlock_sheet",
        {
            "title": title,
            "staff-only": _("for staff only"),
            "headings": ["", _("Cell"), _("Name"), _("What to know")],
            "people": [
                {
                    "cell": door.person.cell,
                    "name": door.person.full_name,
                    "notes": [note.words for note in door.notes] + door.cannot,
                }
                for door in doors
            ],
            "foot": _("Keep it on you; destroy it after the shift."),
        },
    )


@require_safe
@page
def wing_sheet(request: Visit, unit: str) -> HttpResponse:
    """The day's questions on paper, for when nothing else works."""
    where, people = queries.wing_sheet(unit, viewer=request.viewer)
    # Whoever only writes is asked on paper what they are asked on the screen: no scales.
    reads = request.viewer.may(Right.READ, Compartment.WING)
    asked = questions(people, channels() if reads else [], unit=where.name)
    return _pdf("wing_sheet", {"unit": where.name, "title": where.name, **asked})


@require_safe
@page
def evacuation(request: Visit, unit: str) -> HttpResponse:
    """Everyone on the unit, where they are as far as known, and who needs help to get out."""
    found = queries.evacuation_of(unit, viewer=request.viewer)
    return render(request, "safety/evacuation.html", {"title": found.unit.name, "units": [found]})


@require_safe
@page
def evacuation_of_all(request: Visit, establishment: str) -> HttpResponse:
    where, units = queries.evacuation_of_all(establishment, viewer=request.viewer)
    return render(request, "safety/evacuation.html", {"title": where.name, "units": units})


def _pdf(template: str, content: dict[str, Any]) -> HttpResponse:
    content |= {
        "language": (get_language() or "en").partition("-")[0],
        "printed": _("printed {when}").format(when=exact(timezone.now())),
    }
    paper = typeset(TEMPLATES / f"{template}.typ", content)
    return HttpResponse(paper, content_type="application/pdf")
