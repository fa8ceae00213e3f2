"""What the person says to how a review ended."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.registry.cannot import Cannot

from ..actions import since
from ..forms.closing import SinceForm
from ..queries.closing import closed
from ..queries.reach import hears
from ..queries.review import review_file
from .shared import show


@page
def said(request: Visit, ended: UUID) -> HttpResponse:
    """Ask them, where they could not be asked before it ended, and write down what they say."""
    file = review_file(ended, viewer=request.viewer)
    closing = closed(file)
    if closing is None or closing.person_said:
        raise Http404
    if not hears(ended, file.person_id, viewer=request.viewer):
        raise Http404
    form = SinceForm(initial=SinceForm.fresh())
    if request.method == "POST":
        form = SinceForm(request.POST)
        if form.is_valid():
            try:
                since.say_since(by=request.viewer, review=ended, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request,
                    _("It stands with how the review ended."),
                    extra_tags=f"review-said-{ended}",
                )
                return redirect("reviews:review", joint=ended)
    return show(request, "said", file, form, closing=closing)
