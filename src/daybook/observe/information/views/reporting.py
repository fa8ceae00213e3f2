"""Reporting harm, saying what one knows, and what came of both."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import CHAPLAIN
from daybook.foundation.people.queries import person_line
from daybook.foundation.registry.cannot import Cannot

from ..actions import context as said
from ..actions import reporting as actions
from ..forms.reporting import AnswerForm, OfferForm, ReportForm
from ..queries import context, reach, reports
from ..queries.regime import regime_on


@page
def report(request: Visit, person: int | None = None) -> HttpResponse:
    """Write one down. What the writer fears is called out first, whatever becomes of the rest."""
    viewer = request.viewer
    reach.require(reach.may_report(viewer))
    if person is not None:
        reach.require(reach.reports_on(person, viewer=viewer))
    lately = reports.to_lay_beside(person, viewer=viewer) if person else []
    about: dict[str, Any] = {"about": person is not None, "lately": lately}
    form = ReportForm(initial=ReportForm.usual(), **about)
    if request.method == "POST":
        form = ReportForm(request.POST, **about)
        whom = person or _whom(form, request)
        called = _call(form, whom, request)
        if form.describes_practice:
            return _no_information(request, person, called=called)
        if _reported(form, whom, request):
            return redirect("information:mine")
    line = person_line(person, viewer=viewer) if person else None
    context = {
        "form": form,
        "line": line,
        "day": _today(line),
    }
    return render(request, "information/report.html", context, status=422 if form.is_bound else 200)


def _today(line: Any) -> str:
    return regime_on(line.unit_id, timezone.localdate()) if line else ""


def _whom(form: ReportForm | OfferForm, request: Visit) -> int | None:
    """Whom the number means; where nobody, the form says so and keeps what was typed."""
    form.is_valid()
    number = form.cleaned_data.get("number")
    return reach.person_with(number, viewer=request.viewer) if number else None


def _call(form: ReportForm, whom: int | None, request: Visit) -> bool:
    """Call for help where the writer fears for somebody, also when the rest can't be saved."""
    form.is_valid()
    key = form.cleaned_data.get("key")
    if not form.feared:
        return False
    if not (whom and key):
        messages.error(
            request,
            _("Nobody was called: for whom isn’t known yet. Give the number, or call yourself."),
        )
        return False
    try:
        actions.call_for_help(by=request.viewer, key=key, person_id=whom, fears=form.feared)
    except Cannot as refusal:
        messages.error(request, str(refusal))
        return False
    messages.warning(
        request, _("On-call care and the duty manager were called. Tell them what you know, too.")
    )
    return True


def _reported(form: ReportForm, whom: int | None, request: Visit) -> bool:
    valid = form.is_valid()
    if whom is None and "number" not in form.errors:
        form.add_error(
            "number",
            _("Nobody you work with has this number. Give it whole, or ask who works with them."),
        )
    if not valid or whom is None:
        return False
    told = {name: value for name, value in form.cleaned_data.items() if name != "number"}
    try:
        actions.report(by=request.viewer, person_id=whom, **told)
    except Cannot as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("It has arrived at the desk. Here you read what becomes of it."))
    return True


def _no_information(request: Visit, person: int | None, *, called: bool) -> HttpResponse:
    """Why this is no information. Of what was typed, nothing is kept and nothing is shown."""
    about = {"about": person is not None}
    context = {
        "form": ReportForm(initial=ReportForm.usual(), **about),
        "line": person_line(person, viewer=request.viewer) if person else None,
        "called": called,
    }
    return render(request, "information/no_information.html", context, status=422)


@require_safe
@page
def mine(request: Visit) -> HttpResponse:
    """What I reported and said, and what came of it."""
    viewer = request.viewer
    context = {
        "reports_harm": reach.may_report(viewer),
        "reports": reports.my_reports(viewer=viewer),
        "accounts": reports.my_accounts(viewer=viewer),
    }
    return render(request, "information/mine.html", context)


@page
def offer(request: Visit, person: int | None = None) -> HttpResponse:
    """Say unasked what one knows of somebody."""
    viewer = request.viewer
    reach.require(reach.may_report(viewer))
    if person is not None:
        reach.require(reach.reports_on(person, viewer=viewer))
    chaplain = viewer.holds(CHAPLAIN)
    shape: dict[str, Any] = {"about": person is not None, "chaplain": chaplain}
    form = OfferForm(initial=OfferForm.fresh(), **shape)
    if request.method == "POST":
        form = OfferForm(request.POST, **shape)
        if form.is_valid():
            whom = person or _whom(form, request)
            if whom is None:
                form.add_error("number", _("Nobody you work with has this number. Give it whole."))
            else:
                told = {k: v for k, v in form.cleaned_data.items() if k != "number"}
                said.offer(by=viewer, person_id=whom, **{"kind": "close", **told})
                messages.success(
                    request, _("The desk has it. It stays yours: you may take it back any time.")
                )
                return redirect("information:mine")
    context = {
        "form": form,
        "line": person_line(person, viewer=viewer) if person else None,
        "chaplain": chaplain,
    }
    return render(request, "information/offer.html", context, status=422 if form.is_bound else 200)


@require_POST
@page
def take_back(request: Visit, account: UUID) -> HttpResponse:
    said.take_back(by=request.viewer, account=account)
    messages.success(request, _("Taken back. Nobody reads it, and it counts for nothing."))
    return redirect("information:mine")


@require_safe
@page
def asked(request: Visit) -> HttpResponse:
    """What the desk asks of me."""
    return render(
        request, "information/asked.html", {"askings": context.my_askings(viewer=request.viewer)}
    )


@page
def answer(request: Visit, asking: UUID) -> HttpResponse:
    """Answer the desk: what one knows, nothing, or rather not. None of them is a mark."""
    viewer = request.viewer
    question = context.asked_of_me(asking, viewer=viewer)
    lately = reports.to_lay_beside(question.person_id, viewer=viewer)
    form = AnswerForm(initial=AnswerForm.fresh(), lately=lately)
    if request.method == "POST":
        form = AnswerForm(request.POST, lately=lately)
        if form.is_valid():
            try:
                said.answer(by=viewer, asking=asking, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The desk has your answer."))
                return redirect("information:asked")
    status = 422 if form.is_bound else 200
    return render(
        request, "information/answer.html", {"form": form, "question": question}, status=status
    )
