"""How assessors agree; how I answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page

from . import queries, rules


@require_safe
@page
def how_assessors_agree(request: Visit) -> HttpResponse:
    """Item by item, as a whole; nobody can be told apart."""
    context = {"instruments": queries.how_assessors_agree(viewer=request.viewer)}
    return render(request, "training/how_assessors_agree.html", context)


@require_safe
@page
def my_answers(request: Visit) -> HttpResponse:
    """One's own, which nobody else can open."""
    shown = [
        (instrument, found, rules.in_words(found))
        for instrument, found in queries.my_answers(viewer=request.viewer)
    ]
    return render(request, "training/my_answers.html", {"shown": shown})
