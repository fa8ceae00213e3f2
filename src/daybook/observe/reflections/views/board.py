"""The wing board."""

from typing import Any

from django.http import Http404, HttpResponse

from daybook.foundation.access.page import Visit, page


@page
def boards(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def board(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def unit_day(request: Visit, **where: Any) -> HttpResponse:
    raise Http404
