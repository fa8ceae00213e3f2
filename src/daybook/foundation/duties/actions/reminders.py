"""Reminding owners, in the morning, of what they took on."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.urls import reverse

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer

from ..kinds import ACTIONS_DUE, ACTIONS_OVERDUE
from ..models import Action
from .notices import notify


@transaction.atomic
def remind(*, by: Viewer, today: date) -> None:
    """One notice to each owner of what is due today, and one once more has become overdue.

    Nobody is reminded of the same overdue things every morning: only when another joins them.
    """
    rows = scope(
        Action.objects.filter(done_at__isnull=True, due_on__lte=today),
        viewer=by,
        compartment=Compartment.WING,
    ).values_list("owner_id", "due_on")
    due = set[int]()
    latest_overdue = dict[int, date]()
    for owner, day in rows.order_by("due_on"):
        if day == today:
            due.add(owner)
        else:
            latest_overdue[owner] = day
    path = reverse("duties:mine")
    notify(by=by, kind=ACTIONS_DUE.slug, staff_ids=due, path=path, once=f"actions-due:{today}")
    owners_by_day = defaultdict[date, list[int]](list)
    for owner, day in latest_overdue.items():
        owners_by_day[day].append(owner)
    for day, owners in sorted(owners_by_day.items()):
        once = f"actions-overdue:{day}"
        notify(by=by, kind=ACTIONS_OVERDUE.slug, staff_ids=owners, path=path, once=once)
