"""The shared words, for everyone who works here."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.terms.queries import glossary as terms


@require_safe
@page
def glossary(request: Visit) -> HttpResponse:
    return render(request, "terms/glossary.html", {"terms": terms()})
