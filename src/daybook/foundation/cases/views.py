"""Cases: open, review, close."""

from typing import Any

from django.http import Http404, HttpResponse

from daybook.foundation.access.page import Visit, page


@page
def mine(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def open_case(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def case(request: Visit, **where: Any) -> HttpResponse:
    raise Http404
