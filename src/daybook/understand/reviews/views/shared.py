"""What most pages of a review begin with."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from daybook.foundation.access.page import Visit

from ..queries.review import ReviewFile, review_file


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
    context = {"file": file, "person": file.person, "form": form, **more}
    return render(request, f"reviews/{name}.html", context, status=status)
