"""What of assessments stands on the person's page and on one's home page."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import people_with
from daybook.foundation.registry.providers import Aside, Due, TimelineEntry, Voice
from daybook.foundation.staff.models import short_name
from daybook.ui.words import day_words, plain_date
from daybook.understand.instruments.queries import definition

from ..models import Closing, Sheet
from ..vocabulary import Because, OwnView
from .due import due
from .lines import State, newest_closed, of
from .reach import CASEWORK, assesses


def beside(*, viewer: Viewer, person_id: int) -> Iterator[Aside]:
    """What was found last by each instrument, and what is under way."""
    if not (viewer.may(Right.READ, CASEWORK) or viewer.may(Right.WRITE, CASEWORK)):
        return
    found = of(person_id, viewer=viewer)
    if not found and not assesses(person_id, viewer=viewer):
        return
    said = [
        _("{what}, {day}").format(what=each.instrument.name, day=plain_date(each.closed_at.date()))
        + ("" if each.state is State.CLOSED else " · " + _("old: due again"))
        for each in newest_closed(found).values()
        if each.closed_at
    ]
    said += [
        _("{what}, under way").format(what=each.instrument.name)
        for each in found
        if each.state in (State.FILLING, State.TALKING)
    ]
    yield Aside(
        title=_("Assessments"),
        lines=tuple(said) or (_("None yet."),),
        url=reverse("assessments:of-person", args=[person_id]),
        link=_("Read them, or begin one"),
    )


def closed(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Each close: what was found, what is needed and done, and the person's own view."""
    if not (viewer.may(Right.READ, CASEWORK) or viewer.may(Right.WRITE, CASEWORK)):
        return []
    viewer.asks(CASEWORK)
    rows = Closing.objects.filter(person_id=person_id)
    if before:
        rows = rows.filter(closed_at__lt=before)
    found = list(
        rows.order_by("-closed_at", "-id").values_list(
            "id", "assessment_id", "assessment__definition_id", "closed_at",
            "closed_by__given_name", "closed_by__family_name", "summary", "needs", "support",
            "own_view", "own_words",
        )[:limit]
    )  # fmt: skip
    viewer.saw("assessments", [person_id] if found else [])
    return [
        TimelineEntry(
            at,
            short_name(given, family),
            _("assessment: {what}").format(what=definition(row).name),
            (
                Voice("reading", summary),
                Voice("reading", needs, _("needed")),
                Voice("did", support),
                Voice("own", words)
                if words
                else Voice("fact", str(OwnView(view).label), _("own view")),
            ),
            "assessment",
            str(assessment),
            reverse("assessments:one", args=[assessment]),
        )
        for _key, assessment, row, at, given, family, summary, needs, support, view, words in found
    ]


def waiting(*, viewer: Viewer) -> Iterator[Due]:
    """Sheets of one's own, talks to hold, and what is due of the people one works with."""
    if viewer.everywhere or not viewer.may(Right.WRITE, CASEWORK):
        return
    rows = Sheet.objects.filter(
        assessor_id=viewer.staff_id,
        assessment__closed_at__isnull=True,
        assessment__dropped_at__isnull=True,
    )
    mine = list(
        rows.order_by("given_at").values_list(
            "id", "person_id", "assessment_id", "assessment__definition_id", "given_at",
            "signed_at", "assessment__signed_at",
        )
    )  # fmt: skip
    for _sheet, person, assessment, row, given_at, signed_at, all_signed in mine:
        if signed_at is None:
            words, since = _("Your sheet waits: {what}"), given_at
        elif all_signed:
            words, since = _("To talk about and close: {what}"), all_signed
        else:
            continue
        yield Due(
            timezone.localtime(since).date(),
            words.format(what=definition(row).name),
            reverse("assessments:one", args=[assessment]),
            person,
        )
    viewer.saw("assessments", {each[1] for each in mine})
    yield from _due(viewer)


def _due(viewer: Viewer) -> Iterator[Due]:
    people = viewer.people(CASEWORK, Right.WRITE)
    found = due(viewer=viewer, people=people, until=timezone.localdate())
    # Several may be due of several people on one day: each line says of whom.
    names = people_with({each.person_id for each in found}, viewer=viewer) if found else {}
    for each in found:
        who = names.get(each.person_id)
        came = each.because == Because.FIRST
        words = (
            _("Not looked at yet, {what}: came {day}")
            if came
            else _("Look again, {what}: {because} {day}")
        )
        yield Due(
            each.due_on,
            words.format(
                what=each.instrument.name,
                because=Because(each.because).label,
                day=day_words(each.since, within=True),
            )
            + (f" · {who.name}" if who else ""),
            reverse("assessments:of-person", args=[each.person_id]),
            each.person_id,
        )
