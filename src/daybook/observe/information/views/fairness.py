"""Do groups fare alike: the figures of one establishment, and what its governor answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.ui.charts import Bar, bar
from daybook.ui.charts.rates import LEAST

from ..actions import fairness as actions
from ..forms.fairness import AnswerForm
from ..queries import fairness as queries
from ..rules.fairness import SMALLEST_GROUP, by_chance


@require_safe
@page
def fairness(request: Visit) -> HttpResponse:
    """Which establishments; straight on where there is one."""
    found = queries.places(viewer=request.viewer)
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect("information:fairness-at", found[0].code)
    return render(request, "information/fairness_places.html", {"places": found})


@require_safe
@page
def fairness_at(request: Visit, establishment: str) -> HttpResponse:
    at = queries.place(establishment, viewer=request.viewer)
    shown = queries.picture(at, viewer=request.viewer)
    comparisons = shown.comparisons
    context = {
        "shown": shown,
        "wholes": [(whole, _drawn(whole, shown)) for whole in shown.wholes],
        "everybody": [(cell, _picture(cell, cell, _reach(shown))) for cell in shown.everybody],
        "fewest": SMALLEST_GROUP,
        "comparisons": comparisons,
        "by_chance": by_chance(comparisons),
        "governs": queries.governs(request.viewer, at),
        "answers": [
            (said, shown.named.get(said.compared, said.compared)) for said in shown.answers
        ],
    }
    return render(request, "information/fairness.html", context)


@page
def fairness_answer(request: Visit, establishment: str, compared: str) -> HttpResponse:
    """The governor says what is behind one figure, what is done, and when they look again."""
    viewer = request.viewer
    at = queries.place(establishment, viewer=viewer)
    if not queries.governs(viewer, at):
        raise Http404
    shown = queries.picture(at, viewer=viewer)
    cell = next(
        (
            cell
            for _whole, _group, cell in shown.cells
            if cell.compared == compared and (cell.owed or cell.answered)
        ),
        None,
    )
    if cell is None:
        raise Http404
    form = AnswerForm(
        request.POST if request.method == "POST" else None, initial=AnswerForm.fresh()
    )
    if form.is_bound and form.is_valid():
        actions.answer(by=viewer, shown=shown, cell=cell, **form.cleaned_data)
        messages.success(request, _("Signed. It stands with the figures for whoever sees them."))
        return redirect("information:fairness-at", at.code)
    rest_count, rest_among = queries.rest_of(cell, shown)
    context = {
        "form": form, "shown": shown, "cell": cell, "name": shown.named[compared],
        "rest_count": rest_count, "rest_among": rest_among,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "information/fairness_answer.html", context, status=status)


def _reach(shown: queries.Picture) -> float:
    """The longest bar of the page: every picture on it is drawn to one measure."""
    cells = [*shown.everybody, *(cell for _whole, _group, cell in shown.cells)]
    return max([LEAST, *(cell.rate.high for cell in cells if cell.rate)])


def _drawn(whole: queries.Whole, shown: queries.Picture) -> list[tuple[Any, Any]]:
    reach = _reach(shown)
    return [
        (
            group,
            [
                (cell, _picture(cell, everybody, reach))
                for cell, everybody in zip(group.cells, shown.everybody, strict=True)
            ],
        )
        for group in whole.groups
        if group.people is not None
    ]


def _picture(cell: queries.Cell, everybody: queries.Cell, reach: float) -> SafeString | str:
    if cell.rate is None:
        return ""
    # Of a share of all reports, there is no “everybody” to be unlike to.
    line = everybody.rate.value if everybody.rate and (cell.ratio or cell is everybody) else None
    return bar(Bar(cell.rate.value, cell.rate.low, cell.rate.high), line=line, reach=reach)
