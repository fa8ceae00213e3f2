"""Recording the day."""

from typing import Any

from django.http import Http404, HttpResponse

from daybook.foundation.access.page import Visit, page


@page
def my_people(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def quick_round(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def reflect(request: Visit, **where: Any) -> HttpResponse:
    raise Http404
