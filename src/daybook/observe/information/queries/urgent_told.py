"""What urgent steps tell the home page and the person's page: to those who lead, and to nobody
on the wing."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import Aside, Due

from ..rules.urgent import Review, review_day, review_stands
from .urgent import unreviewed


def urgent(rows: Iterable[tuple[str, Any, Any, datetime]]) -> Iterator[Due]:
    """For the duty manager, what the desk showed them within a day and nobody decided on; for who
    leads, urgent steps of others to review, the overdue ones first.

    ``rows`` are those of ``daybook.information_waits()``.
    """
    for sort, key, person, since in rows:
        if sort == "shown":
            yield Due(
                timezone.localtime(since).date(),
                _("The desk shows you something unconfirmed that may not wait"),
                reverse("information:urged", args=[key]),
                person,
            )
        elif sort == "to-review":
            on = review_day(since)
            stands = review_stands(on, reviewed=False, now=timezone.now())
            if stands is not Review.NOT_YET:
                late = stands is Review.OVERDUE
                yield Due(
                    on,
                    _("An urgent step to review, overdue")
                    if late
                    else _("An urgent step to review"),
                    reverse("information:protection", args=[key]),
                    person,
                )


def beside(*, viewer: Viewer, person_id: int) -> Iterator[Aside]:
    """For who leads: steps that hold or wait for a review."""
    for step in unreviewed(person_id, viewer=viewer):
        yield Aside(
            title=_("Urgent step, on what is unconfirmed"),
            lines=(step.stands,),
            url=reverse("information:protection", args=[step.key]),
            link=_("Review it") if step.to_review else _("Read it"),
        )
