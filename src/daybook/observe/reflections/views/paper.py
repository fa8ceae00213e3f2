"""Bringing in what was first written on paper, in the order of the sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.queries import require_unit
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.people.queries import PersonLine, people_on
from daybook.foundation.places.queries import unit_with

from ..actions.recording import save
from ..forms.paper import SheetForm, SheetRow
from ..queries.channels import asked_lately
from ..queries.today import Today, written_today
from ..rules.recording import KeyTaken

WING = Compartment.WING


@page
def from_paper(request: Visit, unit: str) -> HttpResponse:
    """One row a person, by cell as on the sheet. Good rows are saved; the others come back."""
    viewer = request.viewer
    where = unit_with(unit)
    require_unit(where.pk, viewer=viewer, compartment=WING, right=Right.WRITE)
    lines = people_on(where.pk, viewer=viewer, compartment=WING, right=Right.WRITE)
    viewer.saw("names", [line.id for line in lines])
    channels = asked_lately() if viewer.may(Right.READ, WING) else []
    posted = request.POST if request.method == "POST" else None
    sheet = SheetForm(posted)
    head_stands = posted is not None and sheet.is_valid()

    def row(line: PersonLine, data: Any = None) -> SheetRow:
        head = {"day": sheet.cleaned_data["day"], "noted_at": sheet.noted_at} if head_stands else {}
        return SheetRow(data, person=line.id, pronoun=line.pronoun, channels=channels, **head)

    rows = {line.id: row(line, posted) for line in lines}
    saved: set[int] = set()
    if head_stands:
        for person, form in rows.items():
            if form.says_something and form.is_valid():
                try:
                    save(by=viewer, entry=form.entry)
                except KeyTaken:
                    form.start_over()
                else:
                    saved.add(person)
        if saved:
            messages.success(request, _saved_in_words(len(saved)))
    wrong = (
        [person for person, form in rows.items() if form.says_something and person not in saved]
        if posted is not None
        else []
    )
    if saved and not wrong:
        return redirect("reflections:from-paper", unit)
    today = written_today([line.id for line in lines], viewer=viewer)
    context = {
        "unit": where,
        "sheet": sheet,
        "wrong": len(wrong) if head_stands else 0,
        "rows": [
            {
                "line": line,
                # Only what was said is judged: a row left empty is no mistake.
                "form": rows[line.id] if line.id in wrong else row(line),
                "wrong": head_stands and line.id in wrong,
                "today": today.get(line.id, Today()),
            }
            for line in lines
        ],
        "nothing": head_stands and not saved and not wrong,
        "now": timezone.now(),
    }
    status = 200 if posted is None else 422
    return render(request, "reflections/from_paper.html", context, status=status)


def _saved_in_words(count: int) -> str:
    return ngettext(
        "Saved from paper: one person. Destroy the sheet once all of it is here.",
        "Saved from paper: %(count)s people. Destroy the sheet once all of it is here.",
        count,
    ) % {"count": count}
