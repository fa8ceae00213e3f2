"""What one has written: take back, add."""

from typing import Any

from django.http import Http404, HttpResponse

from daybook.foundation.access.page import Visit, page


@page
def written(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def withdraw(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def add(request: Visit, **where: Any) -> HttpResponse:
    raise Http404
