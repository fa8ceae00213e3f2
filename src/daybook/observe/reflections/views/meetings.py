"""The reflection meeting."""

from typing import Any

from django.http import Http404, HttpResponse

from daybook.foundation.access.page import Visit, page


@page
def meetings(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def begin(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def meeting(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def hand_over(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def close(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def minutes(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def discuss(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def nothing_new(request: Visit, **where: Any) -> HttpResponse:
    raise Http404
