"""What most pages of a review begin with."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit

from ..queries.review import ReviewFile, review_file


def late(file: ReviewFile) -> str:
    """Why what somebody wrote isn’t kept: the review went on meanwhile."""
    if file.open:
        return _(
            "The evidence was closed meanwhile, and rating has begun. What you wrote is still "
            "here: copy it, for when the matrix opens."
        )
    return _(
        "The review ended meanwhile, and stays as it ended. What you wrote is still here: copy "
        "what you need."
    )


def file_to_lay(request: Visit, review: UUID) -> ReviewFile:
    """The review, for whoever lays on its board. A member who comes late is let in: their words
    come back with why they weren’t kept, and a draft of their browser can be read."""
    return file_for(request, review, "takes_part")


def file_for(request: Visit, review: UUID, may: str) -> ReviewFile:
    """The review, for whoever may now: the name of a property of ``ReviewFile``; 404 else."""
    file = review_file(review, viewer=request.viewer)
    if not getattr(file, may):
        raise Http404
    return file


def show(
    request: Visit, name: str, file: ReviewFile, form: Any = None, **more: Any
) -> HttpResponse:
    """A page of the review; 422 where a form came back."""
    status = 422 if form is not None and form.is_bound else 200
    context = {"file": file, "person": file.person, "form": form, "late": late(file), **more}
    return render(request, f"reviews/{name}.html", context, status=status)
