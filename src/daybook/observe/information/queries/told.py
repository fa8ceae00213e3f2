"""What of information stands on the person's page and on one's home page."""

from collections.abc import Iterator

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import Aside, Due
from daybook.ui.words import day_words

from . import desk
from .outside_told import never_answered
from .reach import at_the_desk, reports_on
from .urgent_told import urgent


def beside(*, viewer: Viewer, person_id: int) -> Iterator[Aside]:
    """What is confirmed, for whoever decides; the way to report, for whoever knows the person.

    The same words whether anything was reported or not: that there is something tells nobody.
    """
    if viewer.may(Right.READ, Compartment.INFORMATION) and not viewer.everywhere:
        lines = desk.confirmed(viewer=viewer, person_id=person_id)
        for line in lines:
            yield Aside(
                title=_("Confirmed information"),
                lines=(
                    line.behaviour,
                    _("Fades {day}, reviewed {review}").format(
                        day=day_words(line.ends_on, within=True),
                        review=day_words(line.review_on, within=True),
                    ),
                ),
                url=reverse("information:concern", args=[line.key]),
                link=_("Read it with its context"),
            )
    if reports_on(person_id, viewer=viewer):
        yield Aside(
            title=_("Harm"),
            lines=(_("If you saw or heard something that harms somebody, say it."),),
            url=reverse("information:report-on", args=[person_id]),
            link=_("Report it"),
        )


def waiting(*, viewer: Viewer) -> Iterator[Due]:
    """What waits: at the desk for an analyst; questions of the desk; decisions to look at again."""
    if at_the_desk(viewer):
        lines = desk.on_the_desk(viewer=viewer)
        came_in = [line for line in lines if not line.graded]
        if came_in:
            said = ngettext(
                "%(n)d report came in and is not graded",
                "%(n)d reports came in and are not graded",
                len(came_in),
            )
            oldest = min(timezone.localtime(line.opened_at).date() for line in came_in)
            yield Due(oldest, said % {"n": len(came_in)}, reverse("information:desk"))
        for line in lines:
            if line.graded and line.due:
                yield Due(
                    min(line.review_on, line.ends_on),
                    _("To review, or it fades: {what}").format(what=line.behaviour),
                    reverse("information:concern", args=[line.key]),
                    line.person_id,
                )
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.information_waits()")
        rows = cursor.fetchall()
    for sort, key, person, since in rows:
        on = timezone.localtime(since).date()
        if sort == "asked":
            url = reverse("information:answer", args=[key])
            yield Due(on, _("The desk asks what you know"), url, person)
        elif sort == "look-again":
            url = reverse("information:look-again", args=[key])
            yield Due(on, _("Look again: what it rests on has ended"), url, person)
    yield from urgent(rows)
    yield from never_answered(rows)
    viewer.saw("what the desk asks", [person for _sort, _key, person, _since in rows if person])
