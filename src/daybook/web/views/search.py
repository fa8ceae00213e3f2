"""Finding a person by name or number, or a page by its name."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.queries import units_of
from daybook.foundation.people.queries import find, search_words

from ..context import SEARCHED, ways

MOST = 30
LONGEST = 200


@page
def search(request: Visit) -> HttpResponse:
    """Only who is in reach is looked for, so that no count tells of anybody else.

    The words are posted and kept with the sign-in, whose end forgets them: names in an address
    would stay in the browser's history and in the logs of whatever it passes.
    """
    if request.method == "POST":
        request.session[SEARCHED] = request.POST.get("q", "").strip()[:LONGEST]
        return redirect("search")
    words = request.session.get(SEARCHED, "")
    people = find(words, viewer=request.viewer, limit=MOST + 1) if words else []
    return render(
        request,
        "web/search.html",
        {
            "words": words,
            "people": people[:MOST],
            "more": len(people) > MOST,
            "most": MOST,
            "pages": _pages(request, search_words(words)),
        },
    )


def _pages(request: Visit, wanted: list[str]) -> list[dict[str, str]]:
    """Pages and units in whose name each wanted word begins a word."""
    if not wanted:
        return []
    places = [("reflections:board", unit.name, (unit.code,)) for unit in units_of(request.viewer)]
    return [
        {"label": label, "url": url}
        for label, url in ways(request.viewer, places)
        if all(any(had.startswith(word) for had in search_words(label)) for word in wanted)
    ]
