"""Usual pattern and early signs: written with the person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Right
from daybook.foundation.registry.keys import new_key

from ..actions.usual import may_write_here, write_usual
from ..forms.usual import SignForms, UsualForm, signs_said
from ..queries import usual as queries
from ..queries.person import introduction, reaches
from ..rules.person import own_words_said, usual_for
from ..rules.usual import Superseded

SIGNS = "signs"


@page
def usual(request: Visit, person: int) -> HttpResponse:
    """What is usual now, what was before; and, for those who write, the form."""
    viewer = request.viewer
    if not reaches(person, viewer=viewer, right=Right.READ):
        raise Http404
    writes = reaches(person, viewer=viewer, right=Right.WRITE)
    now = queries.usual_now(person, viewer=viewer)
    form, signs = UsualForm(), SignForms(prefix=SIGNS)
    if request.method == "POST":
        may_write_here(person, by=viewer)
        form, signs = UsualForm(request.POST), SignForms(request.POST, prefix=SIGNS)
        if form.is_valid() and signs.is_valid():
            try:
                write_usual(
                    by=viewer, person_id=person, signs=signs_said(signs), **form.cleaned_data
                )
            except Superseded:
                form = _on_the_newer_one(request.POST, now)
            else:
                messages.success(
                    request, _("The usual pattern is saved."), extra_tags=f"usual-{person}"
                )
                return redirect("reflections:person", person)
    elif writes:
        form = UsualForm(initial={"key": new_key(), **UsualForm.initial_from(now)})
        signs = SignForms(
            prefix=SIGNS,
            initial=[{"sign": s.sign, "response": s.response} for s in now.signs] if now else [],
        )
    who = introduction(person, viewer=viewer)
    context = {
        "person": who.line,
        "writes": writes,
        "form": form,
        "signs": signs,
        "usual": now,
        "usual_for": usual_for(who.line.pronoun),
        "in_own_words": own_words_said(who.line.pronoun),
        "before": queries.usual_before(person, viewer=viewer),
    }
    return render(request, "reflections/usual.html", context, status=_status(form, signs))


def _on_the_newer_one(data: QueryDict, now: queries.Usual | None) -> UsualForm:
    """The same words again, to be saved upon what a colleague saved meanwhile."""
    again = UsualForm({**data.dict(), "replaces": str(now.key) if now else ""})
    again.add_error(
        None,
        _(
            "A colleague saved a newer pattern while you wrote. It stands below. Bring in what "
            "you need from it, and save again."
        ),
    )
    return again


def _status(*forms: Any) -> int:
    return 422 if any(form.is_bound and not form.is_valid() for form in forms) else 200
