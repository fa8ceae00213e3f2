"""Personal officers and cover."""

from typing import Any

from django.http import Http404, HttpResponse

from daybook.foundation.access.page import Visit, page


@page
def officers(request: Visit, **where: Any) -> HttpResponse:
    raise Http404
