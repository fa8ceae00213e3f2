"""Bring in somebody who lives nowhere in the service."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

from . import actions, queries
from .forms import AdmissionForm
from .queries import Known


@page
def admit(request: Visit) -> HttpResponse:
    """Somebody new, or back after a time outside: asked by number first, so nobody is twice."""
    viewer = request.viewer
    form = AdmissionForm(
        request.POST if request.method == "POST" else None,
        initial={"key": new_key()},
        units=queries.units_to_fill(viewer=viewer),
        systems=queries.number_systems(),
    )
    known: Known | None = None
    if form.is_bound:
        form.is_valid()
        # A second tap finds what the first has written before it asks who has the number.
        person = queries.admitted(form.cleaned_data.get("key"), viewer=viewer)
        if person is None:
            known = form.meets(queries.known_by(form.numbers, viewer=viewer))
            person = _save(request, form, known)
        if person is not None:
            messages.success(
                request, _("Saved. They are on the board and the round now."), extra_tags="admit"
            )
            return redirect("reflections:person", person)
    context = {"form": form, "known": known}
    return render(request, "people/admit.html", context, status=422 if form.is_bound else 200)


def _save(request: Visit, form: AdmissionForm, known: Known | None) -> int | None:
    """The key of who came in; None where something must be mended first, and the form says what."""
    if form.errors:
        return None
    given = form.cleaned_data
    try:
        return actions.admit(
            by=request.viewer,
            key=given["key"],
            known=known,
            names=form.names,
            numbers=form.numbers,
            status=given["status"],
            since=given["since"],
            unit_id=int(given["unit"]),
            cell_id=given["cell_id"],
            at=form.moment,
            reason=given["reason"],
        )
    except Cannot as why:
        form.add_error(None, str(why))
    return None
