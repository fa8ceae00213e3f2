"""Trust and strengths."""

from typing import Any

from django.http import Http404, HttpResponse

from daybook.foundation.access.page import Visit, page


@page
def add_strength(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def offer_trust(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def trust_step(request: Visit, **where: Any) -> HttpResponse:
    raise Http404
