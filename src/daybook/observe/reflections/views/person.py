"""The person page."""

from typing import Any

from django.http import Http404, HttpResponse

from daybook.foundation.access.page import Visit, page


@page
def person(request: Visit, **where: Any) -> HttpResponse:
    raise Http404


@page
def chart(request: Visit, **where: Any) -> HttpResponse:
    raise Http404
