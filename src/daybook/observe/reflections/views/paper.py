"""Bringing in what was first written on paper, in the order of the sheet."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.queries import require_unit
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_on
from daybook.foundation.places.models import Unit
from daybook.foundation.places.queries import unit_with

from ..forms.paper import SheetForm, SheetRow
from ..queries.channels import asked_lately
from ..queries.today import Today, written_today
from .recording import signed

WING = Compartment.WING
FIELD_OF_A_ROW = re.compile(r"person-(\d{1,9})-\w+")

Rows = Mapping[int, SheetRow]


@page
def from_paper(request: Visit, unit: str) -> HttpResponse:
    """One row a person, by cell as on the sheet. Good rows are saved; the others come back."""
    viewer = request.viewer
    where = unit_with(unit)
    require_unit(where.pk, viewer=viewer, compartment=WING, right=Right.WRITE)
    lines = people_on(where.pk, viewer=viewer, compartment=WING, right=Right.WRITE)
    viewer.saw("names", [line.id for line in lines])
    asked: dict[str, Any] = {"channels": asked_lately() if viewer.may(Right.READ, WING) else []}
    if request.method != "POST":
        return _sheet(request, where, SheetForm(), lines, _empty(lines, asked))
    sheet = SheetForm(request.POST)
    head_stands = sheet.is_valid()
    if head_stands:
        asked |= {"day": sheet.cleaned_data["day"], "noted_at": sheet.noted_at}
    lines = [*lines, *_moved_since(request, lines)]
    said = {
        line.id: form
        for line in lines
        if (form := SheetRow(request.POST, line=line, **asked)).says_something
    }
    saved = {person for person, form in said.items() if head_stands and _by_itself(viewer, form)}
    if saved:
        messages.success(request, _saved_in_words(len(saved)), extra_tags=_draft(where))
    wrong = {person: form for person, form in said.items() if person not in saved}
    gone = _words_about_nobody_here(request, lines)
    if saved and not wrong and not gone:
        return redirect("reflections:from-paper", unit)
    lines = [line for line in lines if line.unit_id == where.pk or line.id in wrong]
    rows = {**_empty(lines, asked), **wrong}
    judged = wrong if head_stands else {}
    nothing = head_stands and not said and not gone
    return _sheet(request, where, sheet, lines, rows, judged=judged, gone=gone, nothing=nothing)


def _by_itself(viewer: Viewer, row: SheetRow) -> bool:
    """Sign one row, whatever becomes of the others: what the moment refuses comes back whole."""
    try:
        with transaction.atomic():
            return signed(viewer, row)
    except (Http404, DatabaseError):
        # Asked again, the first wall knows what the second one saw.
        viewer.forget_reach()
        row.add_error(None, _refused(reached=row.person in viewer.people(WING, Right.WRITE)))
        return False


def _refused(*, reached: bool) -> str:
    if reached:
        return _("This row could not be saved just now. Nothing of it is half saved: try again.")
    return _(
        "They have just moved to where you write about them no more, and this row is not saved. "
        "Give your words to whoever receives them now."
    )


def _empty(lines: list[PersonLine], asked: Mapping[str, Any]) -> dict[int, SheetRow]:
    return {line.id: SheetRow(None, line=line, **asked) for line in lines}


def _sheet(
    request: Visit,
    where: Unit,
    sheet: SheetForm,
    lines: list[PersonLine],
    rows: Rows,
    *,
    judged: Rows | None = None,
    **more: Any,
) -> HttpResponse:
    """The page. Of the rows only those ``judged`` say what is wrong with them."""
    judged = judged or {}
    today = written_today([line.id for line in lines], viewer=request.viewer)
    context = {
        "unit": where,
        "sheet": sheet,
        "draft": _draft(where),
        "wrong": len(judged),
        "rows": [
            {
                "line": line,
                "form": rows[line.id],
                "wrong": line.id in judged,
                "today": today.get(line.id, Today()),
            }
            for line in lines
        ],
        **more,
    }
    status = 422 if sheet.is_bound else 200
    return render(request, "reflections/from_paper.html", context, status=status)


def _draft(where: Unit) -> str:
    return f"paper-{where.code}"


def _posted(request: Visit) -> set[int]:
    return {int(found[1]) for name in request.POST if (found := FIELD_OF_A_ROW.fullmatch(name))}


def _moved_since(request: Visit, here: list[PersonLine]) -> list[PersonLine]:
    """Who has left the unit while the sheet lay on the desk, and may still be written about.

    Whoever sent somebody away may write for three days, and reads their name no more.
    """
    moved = _posted(request) - {line.id for line in here}
    nameless = _("Somebody who has moved since"), "", "", "they", "", None, "", ""
    return [
        PersonLine(person, *nameless)
        for person in sorted(moved & request.viewer.people(WING, Right.WRITE))
    ]


def _words_about_nobody_here(request: Visit, lines: list[PersonLine]) -> list[str]:
    """What was typed about people whom the viewer reaches no more: it is theirs to keep."""
    out_of_reach = sorted(_posted(request) - {line.id for line in lines})
    said = (request.POST.get(f"person-{person}-seen_heard", "") for person in out_of_reach)
    return [words for words in said if words.strip()]


def _saved_in_words(count: int) -> str:
    return ngettext(
        "Saved from paper: one person. Destroy the sheet once all of it is here.",
        "Saved from paper: %(count)s people. Destroy the sheet once all of it is here.",
        count,
    ) % {"count": count}
