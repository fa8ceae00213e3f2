"""Who may reach what: open to everyone who works here; approved by data protection."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

from .approval import approvals, approve, may_approve, standing
from .forms import ApproveForm
from .page import Visit, page
from .words import changes_in_words, kinds_in_words, roles_in_words


@require_safe
@page
def roles(request: Visit) -> HttpResponse:
    """The role table as both walls hold it, one plain sentence a role."""
    return _table(request)


@require_POST
@page
def approve_roles(request: Visit) -> HttpResponse:
    """The data-protection officer has read it."""
    if not may_approve(request.viewer):
        raise Http404
    form = ApproveForm(request.POST)
    if form.is_valid():
        try:
            approve(by=request.viewer, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Approved. The table holds as it stands here."))
            return redirect("access:roles")
    return _table(request, form)


def _table(request: Visit, form: Any = None) -> HttpResponse:
    stands = standing()
    asked = form or ApproveForm(initial={"key": new_key(), "fingerprint": stands.fingerprint})
    if form is not None:
        # Sent again, it is this table, which now stands on the page.
        form.data = {**form.data.dict(), "fingerprint": stands.fingerprint}
    context = {
        "roles": roles_in_words(viewer=request.viewer),
        "kinds": kinds_in_words(),
        "stands": stands,
        "changes": changes_in_words(stands.changes),
        "approvals": [
            (each, changes_in_words(each.changes)) for each in approvals(viewer=request.viewer)
        ],
        "form": asked if may_approve(request.viewer) and not stands.approved_at else None,
    }
    return render(request, "access/roles.html", context, status=422 if form else 200)
