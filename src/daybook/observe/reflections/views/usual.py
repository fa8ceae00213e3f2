"""Usual pattern and early signs, and what the person was told: written with the person."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Right
from daybook.foundation.registry.keys import new_key

from ..actions.usual import may_write_here, note_told, write_usual
from ..forms.usual import SignForms, ToldForm, UsualForm, signs_said
from ..queries import usual as queries
from ..queries.person import introduction, reaches
from ..rules.person import language_name, own_words_said, usual_for
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


@page
def told(request: Visit, person: int) -> HttpResponse:
    """The text to read out, and that it was: on what day, in which language, with what answer."""
    viewer = request.viewer
    if not reaches(person, viewer=viewer, right=Right.READ):
        raise Http404
    who = introduction(person, viewer=viewer)
    form = ToldForm(initial={"key": new_key(), "on": timezone.localdate()}, languages=who.languages)
    if request.method == "POST":
        may_write_here(person, by=viewer)
        form = ToldForm(request.POST, languages=who.languages)
        if form.is_valid():
            note_told(by=viewer, person_id=person, **form.cleaned_data)
            messages.success(request, _("Written down."), extra_tags=f"told-{person}")
            return redirect("reflections:person", person)
    context = {
        "person": who.line,
        "who": who,
        "writes": reaches(person, viewer=viewer, right=Right.WRITE),
        "form": form,
        "told": [
            (language_name(each.language), each) for each in queries.told(person, viewer=viewer)
        ],
        "read_in": _language_to_read_in(who.languages),
    }
    return render(request, "reflections/told.html", context, status=_status(form))


def _language_to_read_in(spoken: tuple[str, ...]) -> str:
    """The first language the person speaks that the text exists in; else the screen's own."""
    known = dict(settings.LANGUAGES)
    own = get_language() or settings.LANGUAGE_CODE
    for code in spoken:
        if code == own.partition("-")[0]:
            return own
        if code in known:
            return code
    return own


def _status(*forms: Any) -> int:
    return 422 if any(form.is_bound and not form.is_valid() for form in forms) else 200
