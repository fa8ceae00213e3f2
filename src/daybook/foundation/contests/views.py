"""Taking a contest down, settling it, telling a recipient."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import Person
from daybook.foundation.people.queries import people_with
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

from . import actions, queries
from .forms import ContestForm, SettleForm, TellForm
from .models import Given, Outcome


@page
def take(request: Visit, kind: str, entry: UUID) -> HttpResponse:
    """What the person says is wrong about one record, in their words."""
    viewer = request.viewer
    about = queries.record_with(kind, entry, viewer=viewer)
    spoken = _spoken(about.person_id)
    form = ContestForm(initial={"key": new_key()}, spoken=spoken)
    if request.method == "POST":
        form = ContestForm(request.POST, spoken=spoken)
        if form.is_valid():
            said = form.cleaned_data
            key = actions.contest(
                by=viewer, key=said["key"], kind=kind, entry=entry, words=said["words"],
                language=said["language"], given=Given(said["given"]),
            )  # fmt: skip
            messages.success(request, _("It stands beside the record from now on."))
            return redirect("contests:one", key)
    context = {
        "about": about,
        "name": _name(about.person_id, viewer),
        "before": queries.contests_of(about.person_id, viewer=viewer, about=[entry]),
        "form": form,
    }
    return render(request, "contests/take.html", context, status=_status(form))


@page
def one(request: Visit, contest: UUID) -> HttpResponse:
    """The words, how it stands, and for whoever settles it the form."""
    viewer = request.viewer
    about = queries.contest_with(contest, viewer=viewer)
    settles = queries.settles(about, viewer=viewer)
    form = SettleForm(initial={"key": new_key()})
    if request.method == "POST":
        if not settles:
            raise Http404
        form = SettleForm(request.POST)
        if form.is_valid() and _settled(request, contest, form):
            messages.success(request, _("It is settled."))
            return redirect("contests:one", contest)
        about = queries.contest_with(contest, viewer=viewer)
    context = {
        "contest": about,
        "name": _name(about.person_id, viewer),
        "form": form if settles and (about.open or form.is_bound) else None,
        "wrote_it": about.open and about.author_id == viewer.staff_id,
    }
    return render(request, "contests/one.html", context, status=_status(form))


def _settled(request: Visit, contest: UUID, form: SettleForm) -> bool:
    said = form.cleaned_data
    try:
        actions.settle(
            by=request.viewer, contest_id=contest, key=said["key"],
            outcome=Outcome(said["outcome"]), reasons=said["reasons"],
        )  # fmt: skip
    except Cannot as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@page
def tell(request: Visit, correction: UUID) -> HttpResponse:
    """Somebody outside who received what was wrong: that they were told, when and how."""
    viewer = request.viewer
    owed = queries.correction_with(correction, viewer=viewer)
    form = TellForm(initial={"on": timezone.localdate()}, owed=owed)
    if request.method == "POST":
        form = TellForm(request.POST, owed=owed)
        if form.is_valid():
            try:
                actions.tell(by=viewer, key=correction, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
                owed = queries.correction_with(correction, viewer=viewer)
            else:
                messages.success(request, _("It is written down that they were told."))
                return redirect("contests:tell", correction)
    shown = form if owed.told_on is None or form.is_bound else None
    context = {"owed": owed, "name": _name(owed.person_id, viewer), "form": shown}
    return render(request, "contests/tell.html", context, status=_status(form))


def _name(person_id: int, viewer: Viewer) -> str:
    """By name for whoever knows who it is."""
    line = people_with([person_id], viewer=viewer).get(person_id)
    return line.name if line else _("Person {key}").format(key=person_id)


def _spoken(person_id: int) -> tuple[str, ...]:
    return tuple(Person.objects.filter(id=person_id).values_list("languages", flat=True)[0] or ())


def _status(form: "ContestForm | SettleForm | TellForm") -> int:
    return 422 if form.is_bound and not form.is_valid() else 200
