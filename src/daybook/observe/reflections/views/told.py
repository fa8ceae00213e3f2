"""What the person is told, what they say to it, and the answer to whoever objects."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Right
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.foundation.terms.languages import language_name

from ..actions.told import answer_objection, may_answer_here, note_told
from ..actions.usual import may_write_here
from ..forms.told import AnswerForm, ToldForm
from ..queries import told as queries
from ..queries.person import introduction, reaches
from ..rules.told import how_it_waits
from ..vocabulary import AnsweredHow


@page
def told(request: Visit, person: int) -> HttpResponse:
    """The text to read out, and that it was: on what day, in which language, with what answer."""
    viewer = request.viewer
    if not reaches(person, viewer=viewer, right=Right.READ):
        raise Http404
    who = introduction(person, viewer=viewer)
    read_in, not_in = _languages_of_the_text(who.languages)
    form = ToldForm(
        initial={"key": new_key(), "on": timezone.localdate()},
        languages=who.languages,
    )
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
        "told": queries.told(person, viewer=viewer),
        "read_in": read_in,
        "not_in": language_name(not_in) if not_in else "",
    }
    return render(request, "reflections/told.html", context, status=_status(form))


def _languages_of_the_text(spoken: tuple[str, ...]) -> tuple[str, str]:
    """The language to read the text in; and the person's own, where it doesn't exist in theirs."""
    known = dict(settings.LANGUAGES)
    own = get_language() or settings.LANGUAGE_CODE
    for code in spoken:
        if code == own.partition("-")[0]:
            return own, ""
        if code in known:
            return code, ""
    return own, next(iter(spoken), "")


@page
def answer(request: Visit, objection: UUID) -> HttpResponse:
    """What somebody objects to, in their words, and what they were answered."""
    viewer = request.viewer
    about = queries.objection(objection, viewer=viewer)
    may_answer_here(about.person_id, by=viewer)
    who = introduction(about.person_id, viewer=viewer)
    form = AnswerForm(
        initial={"key": new_key(), "on": timezone.localdate()},
        objection=about,
        languages=who.languages,
    )
    if request.method == "POST":
        form = AnswerForm(request.POST, objection=about, languages=who.languages)
        if form.is_valid() and _answered(request, form):
            messages.success(
                request, _("The answer is written down."), extra_tags=f"answer-{objection}"
            )
            return redirect("reflections:person", about.person_id)
        about = queries.objection(objection, viewer=viewer)
    context = {
        "person": who.line,
        "objection": about,
        "waits": how_it_waits(about.on, timezone.localdate()),
        "form": form if about.waits or form.is_bound else None,
    }
    return render(request, "reflections/answer.html", context, status=_status(form))


def _answered(request: Visit, form: AnswerForm) -> bool:
    said = form.cleaned_data
    try:
        answer_objection(
            by=request.viewer,
            told_id=form.objection.key,
            key=said["key"],
            words=said["words"],
            on=said["on"],
            language=said["language"],
            how=AnsweredHow(said["how"]),
        )
    except Cannot as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _status(*forms: Any) -> int:
    return 422 if any(form.is_bound and not form.is_valid() for form in forms) else 200
