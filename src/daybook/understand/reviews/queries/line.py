"""One line of time: what was entrusted, what opened, what lies on the board."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.observe.reflections.models import Reflection
from daybook.observe.reflections.queries.strengths import trust_of
from daybook.ui.charts.moments import Lane, Moment, moments
from daybook.ui.words import day_words

from .items import standing
from .review import ReviewFile

SHOWN = 60
"""Moments of each kind: the latest."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One moment, for the list under the picture."""

    on: date
    kind: str
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    picture: str
    happened: list[Happened]


def line_of(file: ReviewFile, *, viewer: Viewer) -> Line:
    """Trust and openings from where they were written, for whoever reads them there; and the
    days of what lies on the board. Three questions."""
    trust = list(_trust(file, viewer))
    openings = list(_openings(file, viewer))
    days = list(
        standing(file.key)
        .filter(seen_on__isnull=False)
        .order_by(F("seen_on").desc())
        .values_list("seen_on", flat=True)[:SHOWN]
    )
    happened = sorted([*trust, *openings], key=lambda each: each.on, reverse=True)
    picture = moments(
        [
            Lane(_("Trust"), [Moment(each.on, each.kind) for each in trust]),
            Lane(_("Openings"), [Moment(each.on, "opening") for each in openings]),
            Lane(_("On the board"), [Moment(day, "item") for day in days if day]),
        ],
        label=_said(happened, len(days)),
    )
    return Line(picture, happened[:SHOWN])


def _trust(file: ReviewFile, viewer: Viewer) -> Iterator[Happened]:
    for step in trust_of(file.person_id, viewer=viewer, limit=SHOWN):
        url = reverse("reflections:trust-step", args=[step.key])
        for kind, on, words in (
            ("offered", step.offered_on, _("Offered: {what}")),
            ("taken", step.taken_on, _("Taken up: {what}")),
            ("declined", step.declined_on, _("Declined, which is never a mark: {what}")),
            ("kept", step.kept_on, _("Kept: {what}")),
        ):
            if on is not None:
                yield Happened(on, kind, words.format(what=step.what), url)


def _openings(file: ReviewFile, viewer: Viewer) -> Iterator[Happened]:
    rows = scope(
        Reflection.objects.filter(
            person_id=file.person_id, withdrawn_at__isnull=True, struck_at__isnull=True
        ).exclude(opening=""),
        viewer=viewer,
        compartment=Compartment.WING,
    )
    for day, opening in rows.order_by("-day", "-saved_at").values_list("day", "opening")[:SHOWN]:
        yield Happened(day, "opening", _("Something opened: {what}").format(what=opening))


def _said(happened: list[Happened], items: int) -> str:
    """The picture in a sentence."""
    if not happened:
        return _("No trust offered and no opening written down yet.")
    kept = sum(each.kind == "kept" for each in happened)
    opened = sum(each.kind == "opening" for each in happened)
    return _(
        "From {first}: trust kept {kept} times, {opened} openings, {items} dated items."
    ).format(first=day_words(happened[-1].on, within=True), kept=kept, opened=opened, items=items)
