"""Trust offered and kept, and strengths."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Right
from daybook.foundation.people.queries import person_line
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

from ..actions import strengths as actions
from ..actions.usual import may_write_here
from ..forms.strengths import HowItWentForm, OfferForm, StrengthForm
from ..queries import strengths as queries
from ..queries.person import reaches
from ..rules.person import good_at
from ..rules.strengths import Answer


@page
def add_strength(request: Visit, person: int) -> HttpResponse:
    viewer = request.viewer
    may_write_here(person, by=viewer)
    form = StrengthForm(initial={"key": new_key()})
    if request.method == "POST":
        form = StrengthForm(request.POST)
        if form.is_valid():
            actions.add_strength(by=viewer, person_id=person, **form.cleaned_data)
            messages.success(request, _("The strength is saved."), extra_tags=f"strength-{person}")
            return redirect("reflections:person", person)
    line = person_line(person, viewer=viewer)
    context = {
        "person": line,
        "form": form,
        "good_at": good_at(line.pronoun),
        "strengths": queries.strengths_of(person, viewer=viewer, limit=50),
    }
    return render(request, "reflections/strength.html", context, status=_status(form))


@page
def offer_trust(request: Visit, person: int) -> HttpResponse:
    viewer = request.viewer
    may_write_here(person, by=viewer)
    form = OfferForm(initial={"key": new_key(), "on": timezone.localdate()})
    if request.method == "POST":
        form = OfferForm(request.POST)
        if form.is_valid():
            actions.offer_trust(by=viewer, person_id=person, **form.cleaned_data)
            messages.success(request, _("The offer is saved."), extra_tags=f"trust-{person}")
            return redirect("reflections:person", person)
    context = {"person": person_line(person, viewer=viewer), "form": form}
    return render(request, "reflections/trust.html", context, status=_status(form))


@page
def trust_step(request: Visit, step: UUID) -> HttpResponse:
    """One opportunity; for those who write, the question how it went."""
    viewer = request.viewer
    offered = queries.trust_step(step, viewer=viewer)
    writes = reaches(offered.person_id, viewer=viewer, right=Right.WRITE)
    form = HowItWentForm(step=offered, initial={"on": timezone.localdate(), "note": offered.note})
    if request.method == "POST":
        may_write_here(offered.person_id, by=viewer)
        form = HowItWentForm(request.POST, step=offered)
        if form.is_valid():
            said = form.cleaned_data
            try:
                actions.say_how_trust_went(
                    by=viewer,
                    step_id=step,
                    answer=Answer(said["answer"]),
                    on=said["on"],
                    note=said["note"],
                    note_seen=form.note_seen,
                )
            except Cannot as refusal:
                form.overtaken(str(refusal), note=offered.note)
            else:
                messages.success(request, _("Saved."), extra_tags=f"trust-step-{step}")
                return redirect("reflections:person", offered.person_id)
    context = {
        "person": person_line(offered.person_id, viewer=viewer),
        "step": offered,
        "form": form if writes and (offered.possible or form.is_bound) else None,
    }
    return render(request, "reflections/trust_step.html", context, status=_status(form))


def _status(form: StrengthForm | OfferForm | HowItWentForm) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200
