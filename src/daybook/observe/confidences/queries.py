"""What was told in confidence, for those few who may read it.

A chaplain reads what they were told themselves; a clinician what their discipline was told about
the people they work with; the oversight body what the person has said it may.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import OVERSIGHT, Compartment, Right
from daybook.foundation.access.scope import as_author, reached, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import people_with
from daybook.foundation.registry.providers import Aside
from daybook.foundation.staff.models import Staff, short_name
from daybook.foundation.vault.boxes import Sealed
from daybook.foundation.vault.fields import Slot, slot
from daybook.foundation.vault.queries import Unreadable, unseal_all
from daybook.ui.words import isolated

from .models import Addition, Confidence, Consent
from .rules import HEARS, may_be_taken_back, without_chaplains
from .vocabulary import ABOUT_A_PERSON, Discipline, Kept

LATEST = 100
IN_CONFIDENCE = "in confidence"
"""What the log calls the reading of it, beside whom it is about."""


@dataclass(frozen=True, slots=True)
class Added:
    words: str | Unreadable
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """One note as its readers see it."""

    key: UUID
    person_id: int
    discipline: Discipline
    words: str | Unreadable
    by: str
    written_at: datetime
    mine: bool
    to_take_back: bool
    additions: tuple[Added, ...]


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whom it is about, by name, also where the viewer reaches them no longer."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Word:
    """A consent that holds."""

    key: UUID
    person_id: int
    kept: Kept
    how: str
    until: date


# ---- Who may ----


def hears(viewer: Viewer, person_id: int) -> Discipline | None:
    """In which discipline the viewer may write about this person now; None for nobody's."""
    for discipline, role in HEARS.items():
        if not viewer.holds(role) or without_chaplains(settings.CHAPLAINCY, _kept(discipline)):
            continue
        compartment = discipline.compartment
        if reached([person_id], viewer=viewer, compartment=compartment, right=Right.WRITE):
            return discipline
    return None


def hears_anybody(viewer: Viewer) -> bool:
    return viewer.holds(*HEARS.values())


def require_hearing(viewer: Viewer, person_id: int) -> Discipline:
    """The discipline in which the viewer writes about the person, or 404."""
    if discipline := hears(viewer, person_id):
        return discipline
    raise Http404


def consented(viewer: Viewer, kept: Kept) -> set[int]:
    """Whom the viewer reads about by the person's own word: the oversight body alone does."""
    if not viewer.holds(OVERSIGHT):
        return set()
    return {word.person_id for word in _words_in_force(Consent.objects.filter(kept=kept))}


# ---- Notes ----


def notes_about(person_id: int, *, viewer: Viewer) -> list[Note]:
    """What the viewer may read of this person, latest first; 404 for whoever has no part in it."""
    rows = {row.id: row for row in _colleagues(viewer, person_id)}
    with as_author(viewer):
        mine = Confidence.objects.filter(
            person_id=person_id, written_by_id=viewer.staff_id, struck_at__isnull=True
        )
        rows |= {row.id: row for row in mine.order_by("-written_at")[:LATEST]}
    opened = any(person_id in consented(viewer, kept) for kept in ABOUT_A_PERSON)
    if not rows and not opened and not hears(viewer, person_id):
        raise Http404
    viewer.saw(IN_CONFIDENCE, [person_id])
    newest = sorted(rows.values(), key=lambda row: (row.written_at, row.id), reverse=True)
    return _notes(newest[:LATEST], viewer)


def my_note(key: UUID, *, viewer: Viewer) -> Note:
    """One's own note, or 404."""
    with as_author(viewer):
        rows = list(
            Confidence.objects.filter(id=key, written_by_id=viewer.staff_id, struck_at__isnull=True)
        )
    if not rows:
        raise Http404
    viewer.saw(IN_CONFIDENCE, [rows[0].person_id])
    return _notes(rows, viewer)[0]


def people_i_heard(*, viewer: Viewer) -> list[Somebody]:
    """Of whom the viewer has written, those heard last first."""
    if not hears_anybody(viewer):
        return []
    with as_author(viewer):
        rows = Confidence.objects.filter(
            written_by_id=viewer.staff_id, struck_at__isnull=True
        ).order_by("-written_at")
        people = dict.fromkeys(rows.values_list("person_id", flat=True)[:LATEST])
    return named(people, viewer=viewer)


def opened_by_word(*, viewer: Viewer) -> list[Somebody]:
    """Who has said that the oversight body may read what they told."""
    return named({who for kept in ABOUT_A_PERSON for who in consented(viewer, kept)}, viewer=viewer)


def words_of(person_id: int, *, viewer: Viewer) -> list[Word]:
    """The consents of this person that hold, for whoever hears them."""
    kept = _kept(require_hearing(viewer, person_id))
    viewer.saw(IN_CONFIDENCE, [person_id])
    return _words_in_force(Consent.objects.filter(person_id=person_id, kept=kept))


def named(people: Iterable[int], *, viewer: Viewer) -> list[Somebody]:
    """Their names, in the order given, with a note that they were read."""
    wanted = list(people)
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.named_in_confidence(%s)", [wanted])
        names = {key: isolated(given, family) for key, given, family in cursor.fetchall()}
    viewer.saw(IN_CONFIDENCE, list(names))
    return [Somebody(key, names[key]) for key in wanted if key in names]


def somebody(person_id: int, *, viewer: Viewer) -> Somebody:
    """Whom a page is about: those in reach as everywhere, others because they were heard."""
    if line := people_with([person_id], viewer=viewer).get(person_id):
        return Somebody(person_id, line.name)
    found = named([person_id], viewer=viewer)
    if not found:
        raise Http404
    return found[0]


def way_in(*, viewer: Viewer, person_id: int) -> list[Aside]:
    """Beside the person's timeline, for whoever hears them; the same words whatever was told."""
    if not hears(viewer, person_id):
        return []
    return [
        Aside(
            title=_("In confidence"),
            lines=(_("What you are told in confidence is kept apart from this page."),),
            url=reverse("confidences:notes", args=[person_id]),
            link=_("Write or read"),
        )
    ]


def _colleagues(viewer: Viewer, person_id: int) -> list[Confidence]:
    """Notes of others: one's own discipline within reach, or by the person's word."""
    of_them = Confidence.objects.filter(person_id=person_id, struck_at__isnull=True)
    if viewer.everywhere:
        open_to = [
            discipline
            for discipline in Discipline
            if person_id in consented(viewer, _kept(discipline))
        ]
        rows = of_them.filter(discipline__in=open_to)
    else:
        shared = [Discipline.PSYCHOLOGY]
        if viewer.holds(HEARS[Discipline.CARE]):
            shared.append(Discipline.CARE)
        rows = scope(
            of_them.filter(discipline__in=shared), viewer=viewer, compartment=Compartment.HEALTH
        )
    return list(rows.order_by("-written_at")[:LATEST])


def _notes(rows: list[Confidence], viewer: Viewer) -> list[Note]:
    added = _additions([row.id for row in rows], viewer)
    for row in rows:
        viewer.asks(Discipline(row.discipline).compartment)
    boxes: list[tuple[Sealed, Slot]] = [(row.words, words_slot(row)) for row in rows]
    boxes += [(each.words, addition_slot(each, row)) for row in rows for each in added[row.id]]
    words = iter(unseal_all(boxes))
    notes = [next(words) for _row in rows]
    writers = _writers(row.written_by_id for row in rows)
    now = timezone.now()
    return [
        Note(
            key=row.id,
            person_id=row.person_id,
            discipline=Discipline(row.discipline),
            words=note,
            by=writers.get(row.written_by_id, ""),
            written_at=row.written_at,
            mine=row.written_by_id == viewer.staff_id,
            to_take_back=may_be_taken_back(row.written_at, now=now),
            additions=tuple(Added(next(words), each.written_at) for each in added[row.id]),
        )
        for row, note in zip(rows, notes, strict=True)
    ]


def _additions(notes: list[UUID], viewer: Viewer) -> dict[UUID, list[Addition]]:
    found: dict[UUID, list[Addition]] = {key: [] for key in notes}
    rows = Addition.objects.filter(confidence_id__in=notes).order_by("written_at", "id")
    with as_author(viewer):
        mine = list(rows.filter(written_by_id=viewer.staff_id))
    for each in {each.id: each for each in [*mine, *rows]}.values():
        found[each.confidence_id].append(each)
    return found


def _writers(keys: Iterable[int]) -> dict[int, str]:
    rows = Staff.objects.filter(id__in=set(keys)).values_list("id", "given_name", "family_name")
    return {key: short_name(given, family) for key, given, family in rows}


def _words_in_force(rows: QuerySet[Consent]) -> list[Word]:
    today = timezone.localdate()
    holding = rows.filter(Q(ended_at__isnull=True), given_on__lte=today, until__gte=today)
    return [
        Word(each.id, each.person_id, Kept(each.kept), each.how, each.until)
        for each in holding.order_by("-given_on", "-id")
    ]


def _kept(discipline: Discipline) -> Kept:
    return Kept(discipline.compartment.value)


# ---- Where words are sealed to ----


def words_slot(row: Confidence) -> Slot:
    compartment = Discipline(row.discipline).compartment
    return slot(Confidence, "words", row=row.id, whose=row.person_id, compartment=compartment)


def addition_slot(row: Addition, to: Confidence) -> Slot:
    compartment = Discipline(to.discipline).compartment
    return slot(Addition, "words", row=row.id, whose=to.person_id, compartment=compartment)
