"""Actions one owes, and what came of them."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.queries import units_of
from daybook.foundation.people.queries import PersonLine, people_with
from daybook.foundation.registry.cannot import Cannot

from .. import actions, queries
from ..forms import CloseForm
from ..models import Effect
from ..queries import Owed

LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Row:
    """An action, for whom, and the question what came of it."""

    owed: Owed
    person: PersonLine | None
    """None once the person has gone where the viewer does not reach."""
    form: CloseForm | None = None


@require_safe
@page
def mine(request: Visit) -> HttpResponse:
    """What I owe: what was due, what is due today, what comes later, what I did lately."""
    today = timezone.localdate()
    owed = queries.my_actions(viewer=request.viewer, done_since=timezone.now() - LATELY)
    people = people_with({one.person_id for one in owed}, viewer=request.viewer)
    rows = [
        Row(one, people.get(one.person_id), None if one.done_at else _form(one)) for one in owed
    ]
    still_open = [row for row in rows if row.owed.done_at is None]
    context = {
        "rows": rows,
        "meets": bool(not rows and units_of(request.viewer)),
        "was_due": [row for row in still_open if row.owed.due_on < today],
        "today": [row for row in still_open if row.owed.due_on == today],
        "later": [row for row in still_open if row.owed.due_on > today],
        "done": [row for row in reversed(rows) if row.owed.done_at is not None],
    }
    return render(request, "duties/mine.html", context)


@page
def close(request: Visit, action: UUID) -> HttpResponse:
    """One action: what it is, and what came of it."""
    owed = queries.action(action, viewer=request.viewer)
    form = _form(owed)
    if request.method == "POST":
        form = CloseForm(request.POST)
        if form.is_valid():
            try:
                actions.close_action(
                    by=request.viewer,
                    action_id=action,
                    effect=Effect(form.cleaned_data["effect"]),
                    outcome=form.cleaned_data["outcome"],
                )
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request,
                    _("Closed: %(what)s") % {"what": owed.what},
                    extra_tags=f"closing-{action}",
                )
                return redirect("duties:mine")
    people = people_with([owed.person_id], viewer=request.viewer)
    may_close = form.is_bound or queries.may_close(owed, viewer=request.viewer)
    row = Row(owed, people.get(owed.person_id), form if may_close else None)
    status = 200 if form.is_valid() or not form.is_bound else 422
    return render(request, "duties/close.html", {"row": row}, status=status)


def _form(owed: Owed) -> CloseForm:
    # Many of these stand on one page: each answers under names of its own.
    return CloseForm(auto_id=f"id_{owed.id}_%s")
