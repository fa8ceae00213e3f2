"""Who may reach what: open to everyone who works here."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .page import Visit, page
from .words import kinds_in_words, roles_in_words


@require_safe
@page
def roles(request: Visit) -> HttpResponse:
    """The role table as both walls hold it, one plain sentence a role."""
    context = {"roles": roles_in_words(viewer=request.viewer), "kinds": kinds_in_words()}
    return render(request, "access/roles.html", context)
