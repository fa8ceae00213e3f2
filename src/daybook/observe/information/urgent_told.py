"""What urgent steps tell the home page and the person's page: to those who lead, and to nobody
on the wing."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.kinds import kinds
from daybook.foundation.registry.providers import Aside, Due, aside, waiting

from .actions.urgent import KINDS
from .queries.urgent import unreviewed, urged_and_undecided
from .rules.urgent import Review


def shown_at_once(*, viewer: Viewer) -> Iterator[Due]:
    """For the duty manager: what the desk showed them within a day, until somebody decides."""
    for concern, person, at in urged_and_undecided(viewer=viewer):
        yield Due(
            timezone.localtime(at).date(),
            _("The desk shows you something unconfirmed that may not wait"),
            reverse("information:urged", args=[concern]),
            person,
        )


def reviews(*, viewer: Viewer) -> Iterator[Due]:
    """For who leads: urgent steps of others that are to be reviewed, the overdue ones first."""
    for step in unreviewed(viewer=viewer):
        if step.to_review:
            yield Due(
                step.review_on,
                _("An urgent step to review, overdue")
                if step.review is Review.OVERDUE
                else _("An urgent step to review"),
                reverse("information:protection", args=[step.key]),
                step.person.id,
            )


def beside(*, viewer: Viewer, person_id: int) -> Iterator[Aside]:
    """For who leads: steps that hold or wait for a review."""
    for step in unreviewed(viewer=viewer, person_id=person_id):
        yield Aside(
            title=_("Urgent step, on what is unconfirmed"),
            lines=(step.stands,),
            url=reverse("information:protection", args=[step.key]),
            link=_("Review it") if step.to_review else _("Read it"),
        )


def register() -> None:
    kinds.register(*KINDS)
    waiting.register("shown at once", shown_at_once)
    waiting.register("urgent steps", reviews)
    aside.register("urgent steps", beside)
