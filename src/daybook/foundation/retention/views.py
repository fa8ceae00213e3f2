"""The destruction list, holds, and how long each kind of record is kept."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import DATA_PROTECTION, DUTY_MANAGER, GOVERNOR
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.records import Begins, Then, records

from .actions import erasing, holds, limits
from .forms import (
    ErasureForm,
    HoldByNumberForm,
    HoldForm,
    KeepForm,
    LiftForm,
    LimitForm,
    ProposeForm,
    usual_look_again,
)
from .queries import due as due_queries
from .queries import holds as hold_queries
from .queries.limits import InForce, in_force

RUNS_FROM = {
    Begins.ENTRY: gettext_lazy("from its own day"),
    Begins.END: gettext_lazy("from the day it ended"),
    Begins.RELEASE: gettext_lazy("from the day the person left"),
    Begins.LAST: gettext_lazy("from the day the person left, once nothing else is left"),
}
AND_THEN = {Then.ERASE: gettext_lazy("erased"), Then.REVIEW: gettext_lazy("looked at, then erased")}


@page
def due(request: Visit) -> HttpResponse:
    """What is due: one proposes, another approves; or it stays, for a reason and until a day."""
    viewer = request.viewer
    lines = due_queries.waiting(viewer=viewer)
    wrong: forms.Form | None = None
    step = next((name for name in STEPS if name in request.POST), "propose")
    if request.method == "POST":
        made, act = STEPS[step]
        form = made(request.POST)
        if form.is_valid():
            try:
                messages.success(request, act(request, form.cleaned_data))
            except Cannot as refusal:
                messages.error(request, str(refusal))
            return redirect("retention:due")
        wrong = form
    context = {
        "lines": [_line(line, step, wrong) for line in lines],
        "settled": due_queries.settled(viewer=viewer, limit=20),
        "approves": viewer.holds(DATA_PROTECTION),
        "runs_from": RUNS_FROM,
    }
    return render(request, "retention/due.html", context, status=422 if wrong else 200)


def _line(line: due_queries.Listed, step: str, wrong: forms.Form | None) -> dict[str, Any]:
    here = wrong is not None and str(wrong["erasure"].value()) == str(line.key)
    about, ids = {"erasure": line.key}, f"{line.key}-%s"
    keeping = about | {"look_again_on": usual_look_again(timezone.localdate())}
    return {
        "line": line,
        "from": RUNS_FROM[line.begins],
        "propose": wrong if here and step == "propose" else ProposeForm(initial=about, auto_id=ids),
        "keep": wrong if here and step == "keep" else KeepForm(initial=keeping, auto_id=f"k{ids}"),
        "approve": ErasureForm(initial=about, auto_id=f"a{ids}"),
        "open": step if here else "",
    }


def _propose(request: Visit, said: dict[str, Any]) -> str:
    erasing.propose(by=request.viewer, key=said["erasure"], reason=said["reason"])
    return _("It is proposed. Somebody else, for data protection, approves it.")


def _keep(request: Visit, said: dict[str, Any]) -> str:
    erasing.keep(
        by=request.viewer, key=said["erasure"], reason=said["reason"],
        look_again_on=said["look_again_on"],
    )  # fmt: skip
    return _("It stays for now. What is due comes back on the day you named.")


def _approve(request: Visit, said: dict[str, Any]) -> str:
    rows = erasing.approve(by=request.viewer, key=said["erasure"])
    return ngettext("It is erased: %(n)s row.", "It is erased: %(n)s rows.", rows) % {"n": rows}


STEPS: dict[str, tuple[type[forms.Form], Callable[[Visit, dict[str, Any]], str]]] = {
    "propose": (ProposeForm, _propose),
    "keep": (KeepForm, _keep),
    "approve": (ErasureForm, _approve),
}
"""By the name of the button."""


@page
def held(request: Visit) -> HttpResponse:
    """Holds that last and that were lifted; data protection places one by a key, and lifts."""
    viewer = request.viewer
    found = hold_queries.holds(viewer=viewer)
    protects = viewer.holds(DATA_PROTECTION)
    wrong: forms.Form | None = None
    if request.method == "POST":
        if not protects:
            raise Http404
        lifting = "lift" in request.POST
        form = LiftForm(request.POST) if lifting else HoldByNumberForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            try:
                if lifting:
                    holds.lift(by=viewer, key=said["hold"], reason=said["reason"])
                    messages.success(request, _("The hold is lifted."))
                else:
                    person = said.pop("person")
                    holds.place(by=viewer, person_id=person, **said)
                    messages.success(request, _("Nothing about this person is erased from now on."))
                return redirect("retention:holds")
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            except Http404:
                if lifting:
                    raise
                form.add_error("person", _("Nobody has this key."))
        wrong = form
    context = {
        "holds": [
            {
                "hold": hold,
                "form": wrong
                if isinstance(wrong, LiftForm) and str(wrong["hold"].value()) == str(hold.key)
                else LiftForm(initial={"hold": hold.key}, auto_id=f"{hold.key}-%s"),
            }
            for hold in found
        ],
        "protects": protects,
        "form": wrong
        if isinstance(wrong, HoldByNumberForm)
        else HoldByNumberForm(initial=HoldForm.usual()),
        "wrong": wrong,
    }
    return render(request, "retention/holds.html", context, status=422 if wrong else 200)


@page
def hold(request: Visit, person: int) -> HttpResponse:
    """Put the records of somebody in reach on hold."""
    viewer = request.viewer
    leads = viewer.holds(GOVERNOR, DUTY_MANAGER)
    if not leads or not hold_queries.may_hold_about(person, viewer=viewer):
        raise Http404
    form = HoldForm(request.POST if request.method == "POST" else None, initial=HoldForm.usual())
    if form.is_bound and form.is_valid():
        holds.place(by=viewer, person_id=person, **form.cleaned_data)
        messages.success(request, _("Nothing about this person is erased from now on."))
        return redirect("retention:holds")
    context = {"form": form, "person_key": person}
    return render(request, "retention/hold.html", context, status=422 if form.is_bound else 200)


@page
def periods(request: Visit) -> HttpResponse:
    """How long each kind of record is kept. Everybody reads it; data protection changes it."""
    viewer = request.viewer
    protects = viewer.holds(DATA_PROTECTION)
    wrong: LimitForm | None = None
    if request.method == "POST":
        form = LimitForm(request.POST)
        known = records.known.get(str(form["kind"].value()))
        if not protects:
            raise Http404
        if known and form.is_valid():
            limits.set_limit(
                by=viewer, kind=known.kind, limit=form.limit(known.limit.begins),
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
            messages.success(request, _("From now on it is kept so long. The reason is kept, too."))
            return redirect("retention:periods")
        wrong = form
    holding = in_force()
    context = {
        "kinds": [_kind(kind, holding[kind], wrong) for kind in records.known],
        "protects": protects,
        "wrong": wrong,
    }
    return render(request, "retention/periods.html", context, status=422 if wrong else 200)


def _kind(kind: str, now: InForce, wrong: LimitForm | None) -> dict[str, Any]:
    here = wrong is not None and wrong["kind"].value() == kind
    return {
        "name": records.known[kind].name,
        "now": now,
        "from": RUNS_FROM[now.limit.begins],
        "then": AND_THEN[now.limit.then],
        "form": wrong
        if here
        else LimitForm(initial=LimitForm.of(kind, now.limit), auto_id=f"{kind}-%s"),
        "open": here,
    }
