"""What safety tells pages that know nothing of it. Readers of safety alone are told."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import people_on
from daybook.foundation.registry.providers import (
    Aside,
    Due,
    First,
    Happened,
    TimelineEntry,
    Voice,
)
from daybook.foundation.staff.models import short_name

from ..models import UnlockNote
from ..rules.unlock import at_the_door, cannot_be_kept_apart, review_in_words, told_of_reviews_after
from ..vocabulary import UnlockKind
from .unlock import by_person, may_write, standing

SAFETY = Compartment.SAFETY


def unlock_first(*, viewer: Viewer, people: Collection[int]) -> dict[int, list[First]]:
    """For each of these people, what stands above everything else."""
    return {
        person: [
            First(words, reverse("safety:note", args=[note.key]), brief)
            for note in notes
            for words, brief in ((note.words, note.brief), (note.cannot, _("not possible here")))
            if words
        ]
        for person, notes in by_person(standing(people, viewer=viewer)).items()
    }


def reviews_due(*, viewer: Viewer, people: Collection[int], until: date) -> list[Due]:
    """Protections to look at again, for those who decide; much later also for those above."""
    waits = [told_of_reviews_after(held.role) for held in viewer.held]
    told_after = [wait for wait in waits if wait is not None]
    if not told_after:
        return []
    rows = scope(
        UnlockNote.objects.filter(
            person_id__in=people, ended_at__isnull=True, review_on__lte=until - min(told_after)
        ),
        viewer=viewer,
        compartment=SAFETY,
    ).order_by("review_on", "id")
    found = list(rows.values_list("id", "person_id", "kind", "review_on"))
    viewer.saw("unlock notes", [person for _key, person, *_rest in found])
    return [
        Due(
            on,
            _("Look again before unlock: {kind}").format(kind=UnlockKind(kind).label),
            reverse("safety:note", args=[key]),
            person,
        )
        for key, person, kind, on in found
    ]


def unlock_aside(*, viewer: Viewer, person_id: int) -> Iterable[Aside]:
    """Until when each protection stands, and the way to add one."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    notes = standing([person_id], viewer=viewer)
    writes = may_write(person_id, viewer=viewer)
    if not notes and not writes:
        return []
    today = timezone.localdate()
    lines = tuple(
        _("{kind}: {when}").format(
            kind=note.label.capitalize(), when=review_in_words(note.review_on, today)
        )
        for note in notes
    ) or (_("Nothing that staff must know before they open the door."),)
    url = reverse("safety:notes", args=[person_id])
    return [Aside(_("Before the door is opened"), lines, url, _("Add") if writes else _("Read on"))]


def unlock_happened(
    *, viewer: Viewer, unit_id: int, since: datetime, until: datetime
) -> list[Happened]:
    """Notes written and ended, of those who live on the unit now."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    with viewer.unseen():
        people = {line.id: line for line in people_on(unit_id, viewer=viewer, compartment=SAFETY)}
    rows = scope(
        UnlockNote.objects.filter(
            Q(written_at__gte=since, written_at__lt=until)
            | Q(ended_at__gte=since, ended_at__lt=until),
            person_id__in=people,
        ),
        viewer=viewer,
        compartment=SAFETY,
    ).values_list(
        "id", "person_id", "kind", "written_at", "written_by__given_name",
        "written_by__family_name", "ended_at", "ended_by__given_name", "ended_by__family_name",
    )  # fmt: skip
    told = []
    for key, person, kind, written_at, given, family, ended_at, *who in rows:
        url, label = reverse("safety:note", args=[key]), str(UnlockKind(kind).label)
        if since <= written_at < until:
            words = _("to know before unlock, new: {kind}").format(kind=label)
            told.append(Happened(written_at, words, short_name(given, family), person, url))
        if ended_at and since <= ended_at < until:
            words = _("to know before unlock, ended: {kind}").format(kind=label)
            told.append(Happened(ended_at, words, short_name(*who), person, url))
    viewer.saw("unlock notes", [each.person_id for each in told if each.person_id])
    return told


def unlock_timeline(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Notes as they were written, and as they were ended. Why stays on their own page."""
    rows = scope(UnlockNote.objects.filter(person_id=person_id), viewer=viewer, compartment=SAFETY)
    columns = ("id", "kind", "instruction", "staff_needed", "at", "given", "family")
    written = rows.annotate(
        at=F("written_at"),
        given=F("written_by__given_name"),
        family=F("written_by__family_name"),
    )
    ended = rows.filter(ended_at__isnull=False).annotate(
        at=F("ended_at"), given=F("ended_by__given_name"), family=F("ended_by__family_name")
    )
    entries = []
    for found, label in (
        (written, _("to know before unlock")),
        (ended, _("no longer needed at unlock")),
    ):
        wanted = found.filter(at__lt=before) if before else found
        for key, kind, words, staff, at, given, family in wanted.order_by("-at").values_list(
            *columns
        )[:limit]:
            said = at_the_door(kind, words, staff_needed=staff)
            entries.append(
                TimelineEntry(
                    at=at,
                    who=short_name(given, family),
                    where=label,
                    voices=(Voice("did", said),),
                    kind="unlock-note",
                    key=str(key),
                    url=reverse("safety:note", args=[key]),
                )
            )
    viewer.saw("unlock notes", [person_id] if entries else [])
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:limit]


def before_a_move(*, viewer: Viewer, person_id: int, unit_id: int, cell: str) -> list[str]:
    """With whom somebody is kept apart who lives there already."""
    found = []
    for each in standing([person_id], viewer=viewer):
        other = each.other
        if other is None or not cannot_be_kept_apart(other, unit_id=unit_id, cell=cell):
            continue
        words = (
            _("{name} and they are kept apart, and both would live in {cell}.")
            if cell and cell == other.cell
            else _("{name} and they are kept apart, and both would live on {unit}.")
        )
        found.append(words.format(name=other.name, unit=other.unit, cell=other.cell))
    return found
