"""Who left in the last three days, and a last note for whoever receives them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Right
from daybook.foundation.registry.keys import new_key

from ..actions.moves import write_last_note
from ..forms.handover import LastNoteForm
from ..queries import moves as queries
from ..queries.units import unit_with
from .requests import status_of


@require_safe
@page
def left_us(request: Visit, unit: str) -> HttpResponse:
    """Whom this unit sent elsewhere: a name and when, never where to, and nothing else."""
    where = unit_with(unit, viewer=request.viewer, right=Right.WRITE)
    left = [each for each in queries.sent_away(viewer=request.viewer) if each.unit_id == where.id]
    return render(request, "shifts/left_us.html", {"unit": where, "left": left})


@page
def last_note(request: Visit, person: int) -> HttpResponse:
    """A last note after somebody, within 72 hours; then, and for anybody else, nothing is here."""
    viewer = request.viewer
    sent = queries.sent_person(person, viewer=viewer)
    form = LastNoteForm(initial={"key": new_key()})
    if request.method == "POST":
        form = LastNoteForm(request.POST)
        if form.is_valid():
            write_last_note(by=viewer, person_id=person, **form.cleaned_data)
            messages.success(
                request,
                _("The note stands on the page that the next team reads."),
                extra_tags=f"last-note-{person}",
            )
            return redirect("shifts:last-note", person)
    context = {
        "sent": sent,
        "form": form,
        "notes": queries.my_last_notes(person, viewer=viewer),
    }
    return render(request, "shifts/last_note.html", context, status=status_of(form))
