"""A review as a whole, opened and read; its team; its end without a conclusion."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.duties.queries import possible_owners
from daybook.foundation.people.queries import person_line
from daybook.foundation.registry.cannot import Cannot

from ..actions import blind, opening, team
from ..forms.opening import ActionForm, AskForm, BecauseForm, OpenForm
from ..queries import board as boards
from ..queries.asking import to_be_asked
from ..queries.blind import taken_on
from ..queries.closing import closed
from ..queries.line import line_of
from ..queries.reach import hears, may_open, parts_of
from ..queries.record import record_of
from ..queries.review import review_file
from ..rules.stages import Stage
from ..vocabulary import ASKS, ORDINARY, Dimension, Group
from .shared import file_for, show


@page
def open_review(request: Visit, person: int) -> HttpResponse:
    viewer = request.viewer
    if not may_open(person, viewer=viewer):
        raise Http404
    parts = parts_of(viewer)
    form = OpenForm(initial=OpenForm.fresh(part=parts[0] if parts else ""), parts=parts)
    if request.method == "POST":
        form = OpenForm(request.POST, parts=parts)
        if form.is_valid():
            try:
                opening.open_review(by=viewer, person_id=person, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request,
                    _("The review is open. Who looks at it with you?"),
                    extra_tags=f"review-open-{person}",
                )
                return redirect("reviews:team", joint=form.cleaned_data["key"])
    context = {"form": form, "person": person_line(person, viewer=viewer)}
    return render(request, "reviews/open.html", context, status=422 if form.is_bound else 200)


@require_safe
@page
def review(request: Visit, joint: UUID) -> HttpResponse:
    """The question, the team, what is next; the board, its blind spots, the line of time."""
    file = review_file(joint, viewer=request.viewer)
    taken = taken_on(joint, file.person_id, viewer=request.viewer)
    seen = boards.board_of(joint, viewer=request.viewer, taken=taken)
    context = {
        "board": seen,
        "line": line_of(file, viewer=request.viewer),
        "closing": closed(file) if file.stage is Stage.CLOSED else None,
        "hears": hears(joint, file.person_id, viewer=request.viewer),
        "record": record_of(joint, viewer=request.viewer),
        "raises": _raises(request, file.person_id) and file.open,
    }
    return show(request, "review", file, **context)


@require_safe
@page
def cell(request: Visit, joint: UUID, dimension: str, group: str) -> HttpResponse:
    """Everything in one cell of the board, a page at a time."""
    file = review_file(joint, viewer=request.viewer)
    at = request.GET.get("show", "")
    items = boards.cell_of(joint, dimension, group, viewer=request.viewer, at=at)
    row = Dimension(dimension)
    return show(
        request, "cell", file, items=items, row=row, column=Group(group), asks=ASKS[row],
        ordinary=ORDINARY[row],
    )  # fmt: skip


@page
def blind_spot(request: Visit, joint: UUID, dimension: str, group: str) -> HttpResponse:
    """Make it somebody’s action to look from there."""
    file = review_file(joint, viewer=request.viewer)
    if not file.open or not _raises(request, file.person_id):
        raise Http404
    if dimension not in Dimension.values or group not in Group.values:
        raise Http404
    owners = possible_owners(file.person_id, viewer=request.viewer)
    row, column = Dimension(dimension), Group(group)
    looks = _("Look at it together: {row}, {column}").format(
        row=str(row.label).lower(), column=str(column.label).lower()
    )
    due = timezone.localdate() + timedelta(days=14)
    form = ActionForm(initial=ActionForm.fresh(what=looks, due_on=due), owners=owners)
    if request.method == "POST":
        form = ActionForm(request.POST, owners=owners)
        if form.is_valid():
            try:
                blind.have_looked_at(
                    by=request.viewer, review=joint, dimension=dimension, group=group,
                    **form.cleaned_data,
                )  # fmt: skip
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request,
                    _("It is somebody’s to do."),
                    extra_tags=f"review-blind-{joint}-{dimension}-{group}",
                )
                return redirect("reviews:review", joint=joint)
    return show(request, "blind_spot", file, form, row=row, column=column, asks=ASKS[row])


def _raises(request: Visit, person_id: int) -> bool:
    """Whether the viewer writes actions about the person, which are the wing’s."""
    viewer = request.viewer
    return not viewer.everywhere and all(
        viewer.reaches(person_id, Compartment.WING, right) for right in (Right.READ, Right.WRITE)
    )


# ---- The team ----


@page
def team_of(request: Visit, joint: UUID) -> HttpResponse:
    """Who takes part, and whom one may ask."""
    file = file_for(request, joint, "leads")
    if request.method == "POST":
        form = AskForm(request.POST)
        if not form.is_valid():
            raise Http404
        try:
            team.ask(by=request.viewer, review=joint, **form.cleaned_data)
        except Cannot as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("They are asked, and answer for themselves."))
        return redirect("reviews:team", joint=joint)
    found = to_be_asked(joint) if file.stage is Stage.GATHERING else []
    return show(request, "team", file, found=found)


@require_POST
@page
def accept(request: Visit, joint: UUID) -> HttpResponse:
    try:
        team.accept(by=request.viewer, review=joint)
    except Cannot as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You take part. Lay what you know on the board."))
    return redirect("reviews:review", joint=joint)


@require_POST
@page
def leave(request: Visit, joint: UUID) -> HttpResponse:
    try:
        team.leave(by=request.viewer, review=joint)
    except Cannot as refusal:
        messages.error(request, str(refusal))
        return redirect("reviews:review", joint=joint)
    messages.success(request, _("You take no part in it. Nothing is held against you."))
    return redirect("home")


@require_POST
@page
def take_off(request: Visit, joint: UUID, taking_part: UUID) -> HttpResponse:
    try:
        team.take_off(by=request.viewer, review=joint, member=taking_part)
    except Cannot as refusal:
        messages.error(request, str(refusal))
    return redirect("reviews:team", joint=joint)


@page
def give_up(request: Visit, joint: UUID) -> HttpResponse:
    """End it without a conclusion, for a reason."""
    file = review_file(joint, viewer=request.viewer)
    if not file.leads:
        if file.stage is Stage.GIVEN_UP and may_open(file.person_id, viewer=request.viewer):
            return redirect("reviews:review", joint=joint)
        raise Http404
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            opening.give_up(by=request.viewer, review=joint, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The review is given up. Its reason stands on it."))
            return redirect("reviews:review", joint=joint)
    return show(request, "give_up", file, form)
