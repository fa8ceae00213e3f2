"""Usual pattern, and what the person was told."""

from typing import Any

from django.http import Http404, HttpResponse

from daybook.foundation.access.page import Visit, page


@page
def usual(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def told(request: Visit, **where: Any) -> HttpResponse:
    raise Http404
