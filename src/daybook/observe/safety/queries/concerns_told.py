"""Concerns and keep-safe plans, as the person page and the log of the shift tell them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import people_on
from daybook.foundation.registry.providers import Aside, Due, Happened, TimelineEntry, Voice
from daybook.foundation.staff.models import short_name

from ..models import Check, Concern, Plan
from ..rules.plans import REVIEW_LATE, every
from ..rules.unlock import told_of_reviews_after
from ..vocabulary import ConcernKind, Ended
from .concerns import open_concerns
from .plans import plans_of, running_plans

SAFETY = Compartment.SAFETY


# ---- Beside the timeline, and what is due ----


def plan_aside(*, viewer: Viewer, person_id: int) -> Iterable[Aside]:
    """What staff do while a plan runs, in its own words."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    plans = plans_of(person_id, viewer=viewer)
    if not plans or not plans[0].runs:
        return []
    plan = plans[0]
    lines = [plan.what, f"{plan.who}, {every(plan.every_minutes)}"]
    if plan.helps:
        lines.append(_("What helps: {words}").format(words=plan.helps))
    url = reverse("safety:keep-safe", args=[person_id])
    return [Aside(_("Keep safe"), tuple(lines), url, _("Look in, or read on"))]


def plan_reviews_due(*, viewer: Viewer, people: Collection[int], until: date) -> list[Due]:
    """Plans to be looked at again, for those who decide; a day later also for those above."""
    waits = [told_of_reviews_after(held.role) for held in viewer.held]
    if all(wait is None for wait in waits):
        return []
    mine = timedelta(0) in waits
    rows = scope(
        Plan.objects.filter(
            person_id__in=people,
            replaced_at__isnull=True,
            handed_back_at__isnull=True,
            review_on__lte=until if mine else until - REVIEW_LATE,
        ),
        viewer=viewer,
        compartment=SAFETY,
    )
    found = list(rows.order_by("review_on").values_list("person_id", "review_on"))
    viewer.saw("keep-safe plans", [person for person, _on in found])
    words = _("Look again: the keep-safe plan")
    return [
        Due(on, words, reverse("safety:keep-safe", args=[person]), person) for person, on in found
    ]


def goes_along(*, viewer: Viewer, person_id: int) -> list[str]:
    """An open concern, a plan that runs: what must not be lost on the way."""
    now = timezone.now()
    concerns = open_concerns(viewer=viewer, people=[person_id])
    plans = running_plans(viewer=viewer, people=[person_id])
    return [each.words for each in concerns] + [plan.first_words(now) for plan in plans]


# ---- The log of the shift ----


def safety_happened(
    *, viewer: Viewer, unit_id: int, since: datetime, until: datetime
) -> list[Happened]:
    """Concerns and plans of those who live on the unit now; looks in one line a plan."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    with viewer.unseen():
        people = {line.id for line in people_on(unit_id, viewer=viewer, compartment=SAFETY)}
    span = (since, until)
    told = [
        *_moments(Concern, _CONCERN_MOMENTS, people, span, viewer=viewer),
        *_moments(Plan, _PLAN_MOMENTS, people, span, viewer=viewer),
        *_looks(people, span, viewer=viewer),
    ]
    viewer.saw("concerns and plans", [each.person_id for each in told if each.person_id])
    return told


_CONCERN_MOMENTS = (
    ("raised_at", "raised_by", "concern raised"),
    ("acknowledged_at", "acknowledged_by", "concern taken up"),
    ("ended_at", "ended_by", "concern ended"),
)
_PLAN_MOMENTS = (
    ("made_at", "made_by", "keep-safe plan made"),
    ("handed_back_at", "handed_back_by", "keep-safe plan handed back"),
)


def _said(moment: str) -> str:
    return {
        "concern raised": _("concern for safety raised"),
        "concern taken up": _("concern for safety taken up"),
        "concern ended": _("concern for safety ended"),
        "keep-safe plan made": _("keep-safe plan made"),
        "keep-safe plan handed back": _("keep-safe plan handed back"),
    }[moment]


def _moments(
    model: type[Concern] | type[Plan],
    moments: tuple[tuple[str, str, str], ...],
    people: Collection[int],
    span: tuple[datetime, datetime],
    *,
    viewer: Viewer,
) -> list[Happened]:
    within = Q()
    for at, _by, _words in moments:
        within |= Q(**{f"{at}__gte": span[0], f"{at}__lt": span[1]})
    rows: Any = scope(
        model._default_manager.filter(within, person_id__in=people),
        viewer=viewer,
        compartment=SAFETY,
    )
    columns = [
        column
        for at, by, _words in moments
        for column in (at, f"{by}__given_name", f"{by}__family_name")
    ]
    told = []
    for key, person, *values in rows.values_list("id", "person_id", *columns):
        url = (
            reverse("safety:concern", args=[key])
            if model is Concern
            else reverse("safety:plan", args=[key])
        )
        for number, (_at, _by, moment) in enumerate(moments):
            at, given, family = values[3 * number : 3 * number + 3]
            if at and span[0] <= at < span[1]:
                told.append(Happened(at, _said(moment), short_name(given, family), person, url))
    return told


def _looks(
    people: Collection[int], span: tuple[datetime, datetime], *, viewer: Viewer
) -> list[Happened]:
    rows = scope(
        Check.objects.filter(person_id__in=people, checked_at__gte=span[0], checked_at__lt=span[1]),
        viewer=viewer,
        compartment=SAFETY,
    )
    counted = (
        rows.order_by()
        .values("plan_id", "person_id")
        .annotate(
            last=Max("checked_at"), looks=Count("id"), spoke=Count("id", filter=Q(spoke=True))
        )
    )
    return [
        Happened(
            each["last"],
            ngettext(
                "looked in {n} time, spoke: {spoke}",
                "looked in {n} times, spoke: {spoke}",
                each["looks"],
            ).format(n=each["looks"], spoke=each["spoke"]),
            "",
            each["person_id"],
            reverse("safety:plan", args=[each["plan_id"]]),
        )
        for each in counted
    ]


# ---- The timeline ----


def concern_timeline(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Concerns as they were raised, and as they ended."""
    rows = scope(Concern.objects.filter(person_id=person_id), viewer=viewer, compartment=SAFETY)
    raised = _latest(rows, "raised", before, limit, "kind", "words")
    ended = _latest(rows, "ended", before, limit, "ended_how", "ended_words")
    entries = [
        _entry(at, who, _("concern for safety"), key, "concern",
               Voice("fact", str(ConcernKind(kind).label)), words)
        for key, at, who, kind, words in raised
    ] + [
        _entry(at, who, _("concern ended"), key, "concern",
               Voice("did", str(Ended(how).label)), words)
        for key, at, who, how, words in ended
    ]  # fmt: skip
    viewer.saw("concerns for safety", [person_id] if entries else [])
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:limit]


def plan_timeline(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Plans as they were made and handed back, and looks of which somebody said something."""
    rows = scope(Plan.objects.filter(person_id=person_id), viewer=viewer, compartment=SAFETY)
    made = _latest(rows, "made", before, limit, "every_minutes", "what")
    back = _latest(rows, "handed_back", before, limit, "handed_back_to", "handed_back_because")
    looks = scope(
        Check.objects.filter(person_id=person_id), viewer=viewer, compartment=SAFETY
    ).exclude(words="")
    looked = _latest(looks, "checked", before, limit, "plan_id", "words")
    entries = [
        _entry(at, who, _("keep-safe plan"), key, "plan", Voice("did", every(minutes)), what)
        for key, at, who, minutes, what in made
    ] + [
        _entry(at, who, _("keep-safe plan handed back"), key, "plan", Voice("did", to), because)
        for key, at, who, to, because in back
    ] + [
        TimelineEntry(at, who, _("looked in"), (Voice("fact", words),), "look-in", str(key),
                      reverse("safety:plan", args=[plan]))
        for key, at, who, plan, words in looked
    ]  # fmt: skip
    viewer.saw("keep-safe plans", [person_id] if entries else [])
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:limit]


def _latest(
    rows: Any, moment: str, before: datetime | None, limit: int, *columns: str
) -> list[tuple[Any, ...]]:
    """Key, when and by whom it came to the moment, and the columns; newest first."""
    at, by = f"{moment}_at", f"{moment}_by"
    wanted = rows.filter(**{f"{at}__isnull": False} | ({f"{at}__lt": before} if before else {}))
    return [
        (key, when, short_name(given, family), *rest)
        for key, when, given, family, *rest in wanted.order_by(F(at).desc()).values_list(
            "id", at, f"{by}__given_name", f"{by}__family_name", *columns
        )[:limit]
    ]


def _entry(
    at: datetime, who: str, where: str, key: Any, kind: str, first: Voice, words: str
) -> TimelineEntry:
    voices = (first, Voice("fact", words)) if words else (first,)
    name = "safety:concern" if kind == "concern" else "safety:plan"
    return TimelineEntry(at, who, where, voices, kind, str(key), reverse(name, args=[key]))
