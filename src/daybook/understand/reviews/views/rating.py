"""Rating alone, the open matrix, and the end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.registry.cannot import Cannot

from ..actions import closing, rating
from ..actions.team import KEEP_CASEWORK
from ..forms.closing import CloseForm, NoteForm
from ..forms.rating import marks_sent, name_of
from ..models import Note
from ..queries.closing import Closed, closed
from ..queries.explanations import explanation_of
from ..queries.items import as_items, standing
from ..queries.matrix import answers, cell_marks, matrix_of, weighed_for
from ..queries.notes import notes_of
from ..queries.rating import Rating, to_rate
from ..queries.review import ReviewFile, review_file
from ..rules.stages import Stage
from ..vocabulary import Mark
from .shared import late, show


@page
def rate(request: Visit, rated: UUID) -> HttpResponse:
    """A page of the evidence to rate alone. Each page keeps its marks; signing comes last."""
    file = review_file(rated, viewer=request.viewer)
    if not file.takes_part or file.stage is Stage.GATHERING:
        raise Http404
    mine = file.mine
    if not file.rates or (mine and mine.finished):
        return redirect("reviews:review", joint=rated)
    page = to_rate(file, viewer=request.viewer, at=request.GET.get("show", ""))
    if request.method == "POST":
        items = [each.item.key for each in page.page.rows]
        marks = marks_sent(request.POST, items, [told.slug for told in file.rated])
        try:
            rating.save(by=request.viewer, review=rated, marks=marks)
        except Cannot as refusal:
            messages.error(request, str(refusal))
            return redirect("reviews:review", joint=rated)
        messages.success(
            request,
            _("Kept. Nobody else reads it before all have signed."),
            extra_tags=f"review-rate-{rated}-{page.page.number}",
        )
        return redirect(_then(request.POST.get("then", ""), rated, page))
    return show(request, "rate", file, page=page.page, marked=page.marked, cells=_cells(file, page))


def _then(wanted: str, rated: UUID, page: Rating) -> str:
    """Where it goes on once a page is kept: to the page that was pressed, to the review, or on."""
    if wanted == "leave":
        return reverse("reviews:review", args=[rated])
    to = page.page.earlier if wanted == str(page.page.earlier) else page.page.later
    if to is None:
        return reverse("reviews:sign", args=[rated])
    return f"{reverse('reviews:rate', args=[rated])}?show={to}"


def _cells(file: ReviewFile, page: Rating) -> list[Any]:
    """For each item its explanations, each with the name of its answers and what was kept."""
    marks = [(mark.value, mark.label) for mark in Mark]
    return [
        (
            each.item,
            [
                (
                    told,
                    name_of(each.item.key, told.slug),
                    [(word, label, each.said.get(told.slug) == word) for word, label in marks],
                )
                for told in file.rated
            ],
        )
        for each in page.page.rows
    ]


@page
def sign(request: Visit, rated: UUID) -> HttpResponse:
    """Sign what one has rated: from then on it stays."""
    file = review_file(rated, viewer=request.viewer)
    if not file.takes_part or file.stage is Stage.GATHERING:
        raise Http404
    if request.method == "POST":
        try:
            opened = rating.finish(by=request.viewer, review=rated)
        except Cannot as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                _("Signed. You were the last: the matrix is open.") if opened
                else _("Signed. The matrix opens when everybody has."),
            )  # fmt: skip
        return redirect("reviews:review", joint=rated)
    mine = file.mine
    if not file.rates or (mine and mine.finished):
        return redirect("reviews:review", joint=rated)
    page = to_rate(file, viewer=request.viewer, at="")
    return show(request, "sign", file, marked=page.marked, count=page.page.count)


# ---- Once it is open ----


@require_safe
@page
def matrix(request: Visit, opened: UUID) -> HttpResponse:
    """What all have marked: what discriminates first, what the picture hangs on, where to talk."""
    file = review_file(opened, viewer=request.viewer)
    ended = _open_matrix(file)
    at = request.GET.get("show", "")
    found = matrix_of(file, viewer=request.viewer, at=at, ended=ended)
    return show(request, "matrix", file, matrix=found, ended=ended)


def _open_matrix(file: ReviewFile) -> Closed | None:
    """How the review ended, if it did; 404 before all have signed, and once it has faded."""
    if file.stage not in (Stage.OPEN, Stage.CLOSED):
        raise Http404
    ended = closed(file)
    if ended and ended.faded:
        raise Http404
    return ended


@page
def note(request: Visit, opened: UUID, of_item: UUID, beside: UUID) -> HttpResponse:
    """One cell: who marked it how, and what the team says to it."""
    file = review_file(opened, viewer=request.viewer)
    # Whoever writes when it ends finds their words again, and why they weren’t kept.
    writes = request.method == "POST" and file.takes_part
    given_up = file.stage is Stage.GIVEN_UP
    if not (writes and given_up):
        _open_matrix(file)
    told = explanation_of(file, beside)
    row = standing(opened).filter(id=of_item).first()
    if row is None or (request.method == "POST" and not writes):
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None, initial=NoteForm.fresh())
    if form.is_bound and form.is_valid():
        try:
            closing.note(
                by=request.viewer, review=opened, evidence=of_item, hypothesis=beside,
                **form.cleaned_data,
            )  # fmt: skip
        except Cannot:
            form.add_error(None, late(file))
        else:
            messages.success(
                request,
                _("Written down."),
                extra_tags=f"review-note-{of_item}-{beside}",
            )
            return redirect("reviews:note", opened=opened, of_item=of_item, beside=beside)
    [item] = as_items([row], opened, viewer=request.viewer)
    return show(
        request, "note", file, form, item=item, told=told,
        marks=[] if given_up else cell_marks(file, of_item, told.slug),
        notes=notes_of(Note.objects.filter(evidence_id=of_item, hypothesis_id=beside)),
    )  # fmt: skip


@page
def close(request: Visit, opened: UUID) -> HttpResponse:
    """End it. Everything it needs is asked; what is missing keeps all that was typed, and so does
    a colleague who ended it first."""
    file = review_file(opened, viewer=request.viewer)
    if not file.closes:
        ended = _keeps(file) and not file.open
        if request.method != "POST" and (ended or file.left_behind):
            return redirect("reviews:review", joint=opened)
        if not ended:
            raise Http404
    said = answers(file, weighed_for(file)) if file.closes else []
    choices: dict[str, Any] = {
        "may_close": [each.told for each in said if each.may_close] if said else file.rated,
        "unknown": next((told for told in file.standing if told.kind == "unknown"), None),
    }
    form = CloseForm(initial=CloseForm.usual(), **choices)
    if request.method == "POST":
        form = CloseForm(request.POST, **choices)
        valid = form.is_valid()
        if not file.closes:
            if closing.was_closed_by(form.cleaned_data.get("key"), by=request.viewer):
                return redirect("reviews:review", joint=opened)
            form.add_error(None, late(file))
        elif valid:
            try:
                closing.close(by=request.viewer, review=opened, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request,
                    _("The review is closed. Tell the person, and give what was promised."),
                    extra_tags=f"review-close-{opened}",
                )
                return redirect("reviews:review", joint=opened)
    shut = [each for each in said if not each.may_close]
    return show(request, "close", file, form, shut=shut)


def _keeps(file: ReviewFile) -> bool:
    return file.mine is not None and file.mine.accepted and file.mine.part in KEEP_CASEWORK
