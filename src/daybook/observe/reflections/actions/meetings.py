"""Holding a meeting: beginning it, choosing whom to talk about, writing down, closing.

Every act locks the meeting's row first, so that nothing is written into a meeting that a
colleague is just closing.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.queries import require_unit
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions import raise_action
from daybook.foundation.duties.models import Action
from daybook.foundation.duties.queries import team
from daybook.foundation.people.queries import people_on
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.cannot import Cannot

from ..models import Care, Explanation, Meeting, MeetingPerson, TakenAsUsual
from ..models.meetings import Shift
from ..queries.discussions import source_of
from ..queries.meetings import (
    agenda,
    meeting_with,
    must_be_talked_about,
    open_meeting,
    put_forward,
)
from ..rules.meetings import (
    CARE_LASTS,
    TEXTS,
    ChangedMeanwhile,
    Closed,
    Note,
    in_lines,
    missing_for_closing,
    missing_for_discussed,
)
from ..vocabulary import CareWord, Outcome
from .strikes import draw_again
from .taken import take_as_usual

WING = Compartment.WING


@transaction.atomic
def begin(*, by: Viewer, unit: Unit, shift: Shift, charts: bool = True) -> UUID:
    """Open the unit's meeting with everyone who lives there; gives its key.

    Whoever begins second joins the meeting that is open.
    """
    require_unit(unit.id, viewer=by, right=Right.WRITE)
    now = timezone.now()
    meeting = Meeting(
        unit=unit, shift=shift, opened_at=now, opened_by_id=by.staff_id, led_by_id=by.staff_id
    )
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError:
        if already := open_meeting(unit.id, viewer=by):
            return already.id
        raise
    forward = put_forward(unit, viewer=by, now=now, charts=charts)
    here = people_on(unit.id, viewer=by, right=Right.WRITE, compartment=WING)
    MeetingPerson.objects.bulk_create(
        MeetingPerson(
            meeting=meeting,
            person_id=line.id,
            at=now,
            said_in=forward[line.id].said_in if line.id in forward else [],
            why=in_lines(forward[line.id].why) if line.id in forward else "",
        )
        for line in here
    )
    _log(by, Kind.COLLECTION, "meeting begun", meeting.id, [line.id for line in here])
    return meeting.id


# ---- Whom to talk about ----


@transaction.atomic
def choose(*, by: Viewer, meeting_id: UUID, person_id: int) -> None:
    """Put somebody forward: anyone may, without giving a reason."""
    meeting = _open(by, meeting_id)
    place = _place(by, meeting, person_id)
    wish = _("%(who)s would like to talk about them") % {"who": by.name}
    if wish not in place.why:
        place.why = in_lines([wish, *place.why.splitlines()])
    if place.outcome == Outcome.NOTHING_NEW:
        place.outcome, place.noted_by_id, place.noted_at = Outcome.WAITING, None, None
    place.save(update_fields=["why", "outcome", "noted_by", "noted_at"])
    _log(by, Kind.ALTERATION, "meeting: talk about", place.id, [person_id])


@transaction.atomic
def say_nothing_new(*, by: Viewer, meeting_id: UUID, person_id: int) -> None:
    """One touch for whoever is as they were. Raises ``Cannot`` where that is not enough."""
    meeting = _open(by, meeting_id)
    place = _place(by, meeting, person_id)
    if place.outcome == Outcome.NOTHING_NEW:
        return
    if place.noted_at is not None:
        raise Cannot(_("Something is written about this person already: finish it first."))
    if must_be_talked_about(person_id, viewer=by, now=meeting.opened_at):
        raise Cannot(
            _(
                "Nobody has talked about this person for a week. Talk about them now, or "
                "carry them to the next meeting when you close."
            )
        )
    _settle(place, by, Outcome.NOTHING_NEW)
    _log(by, Kind.ALTERATION, "meeting: nothing new", place.id, [person_id])


@transaction.atomic
def take_back_nothing_new(*, by: Viewer, meeting_id: UUID, person_id: int) -> None:
    """A touch too many is undone by another."""
    place = _place(by, _open(by, meeting_id), person_id)
    if place.outcome != Outcome.NOTHING_NEW:
        return
    place.outcome, place.noted_by_id, place.noted_at = Outcome.WAITING, None, None
    place.save(update_fields=["outcome", "noted_by", "noted_at"])
    _log(by, Kind.ALTERATION, "meeting: nothing new, taken back", place.id, [person_id])


@transaction.atomic
def say_nothing_new_of_the_rest(*, by: Viewer, meeting_id: UUID) -> int:
    """Nothing new about everyone whom nobody put forward; gives how many that were."""
    meeting = _open(by, meeting_id)
    with by.unseen():
        places = agenda(meeting_with(meeting_id, viewer=by), viewer=by)
    nobody_s = [place.row for place in places if place.waits and not place.put_forward]
    rest = MeetingPerson.objects.filter(
        id__in=[row for row in nobody_s if row], person_id__in=by.people(WING, Right.WRITE)
    )
    people = list(rest.values_list("person_id", flat=True))
    rest.update(outcome=Outcome.NOTHING_NEW, noted_by=by.staff_id, noted_at=timezone.now())
    _log(by, Kind.ALTERATION, "meeting: nothing new", meeting.id, people)
    return len(people)


# ---- One person ----


@transaction.atomic
def write_down(*, by: Viewer, meeting_id: UUID, person_id: int, note: Note) -> None:
    """Save a discussion, finished or half done. The same note again changes nothing.

    Raises ``ChangedMeanwhile`` if a colleague saved it since ``note.seen``, ``Closed`` once
    the meeting is, ``Cannot`` for an action nobody can take on. Nothing is then written.
    """
    meeting = _open(by, meeting_id)
    place = _place(by, meeting, person_id)
    if place.noted_at != note.seen:
        if _says_the_same(place, note):
            return
        raise ChangedMeanwhile
    now = timezone.now()
    for text in TEXTS:
        setattr(place, text, getattr(note, text))
    _weigh(place, note, now)
    for action in note.actions:
        raise_action(
            by=by,
            person_id=person_id,
            what=action.what,
            owner_id=action.owner_id,
            due_on=action.due_on,
            source=source_of(place.id),
            key=action.key,
        )
    if note.care:
        _take_care(by, meeting, person_id, note.care, now)
    if take_as_usual(by=by, place=place, channels=note.usual, now=now):
        draw_again()
    if note.finished:
        kinds = place.explanations.filter(dropped_at__isnull=True).values_list("kind", flat=True)
        if missing := missing_for_discussed(place.facts, kinds):
            raise Cannot(" ".join(missing.values()))
    finished = note.finished or place.outcome == Outcome.DISCUSSED
    kind = Kind.ALTERATION if place.noted_at else Kind.COLLECTION
    _settle(place, by, Outcome.DISCUSSED if finished else Outcome.WAITING, now)
    _log(by, kind, "discussion", place.id, [person_id])


def _says_the_same(place: MeetingPerson, note: Note) -> bool:
    """Whether a second tap of the same button brought the note again."""
    new = {explanation.key for explanation in note.explanations}
    owed = {action.key for action in note.actions}
    taken = TakenAsUsual.objects.filter(discussion=place, taken_back_at__isnull=True)
    return (
        all(getattr(place, text) == getattr(note, text) for text in TEXTS)
        and place.explanations.filter(id__in=new).count() == len(new)
        and Action.objects.filter(id__in=owed).count() == len(owed)
        and not place.explanations.filter(id__in=note.dropped, dropped_at__isnull=True).exists()
        and note.usual == frozenset(taken.values_list("channel__key", flat=True))
    )


def _weigh(place: MeetingPerson, note: Note, now: datetime) -> None:
    place.explanations.filter(id__in=note.dropped, dropped_at__isnull=True).update(dropped_at=now)
    known = set(place.explanations.values_list("id", flat=True))
    try:
        with transaction.atomic():
            Explanation.objects.bulk_create(
                Explanation(
                    id=new.key,
                    discussion=place,
                    person_id=place.person_id,
                    kind=new.kind,
                    words=new.words,
                )
                for new in note.explanations
                if new.key not in known
            )
    except IntegrityError:
        # The key is somebody else's, and out of sight: as if it did not exist.
        raise Http404 from None


def _take_care(by: Viewer, meeting: Meeting, person_id: int, word: str, now: datetime) -> None:
    running = Care.objects.filter(person_id=person_id, ended_at__isnull=True)
    if running.filter(meeting=meeting, word=word).exists():
        return
    running.update(ended_at=now)
    if word in CareWord:
        Care(
            person_id=person_id,
            word=word,
            meeting=meeting,
            set_at=now,
            set_by_id=by.staff_id,
            ends_at=now + CARE_LASTS,
        ).save(force_insert=True)


# ---- The meeting itself ----


@transaction.atomic
def hand_over(*, by: Viewer, meeting_id: UUID, to: int) -> None:
    """Give the lead to a colleague who works on the unit; everything written stays."""
    meeting = _open(by, meeting_id)
    if to not in {one.id for one in team(meeting.unit_id, viewer=by, readers_only=True)}:
        raise Cannot(_("Choose a colleague who works on this unit."))
    if meeting.led_by_id == to:
        return
    meeting.led_by_id = to
    meeting.save(update_fields=["led_by"])
    _log(by, Kind.ALTERATION, "meeting handed over", meeting.id, [])


@transaction.atomic
def close(
    *,
    by: Viewer,
    meeting_id: UUID,
    went_well: str,
    how_we_are: str,
    theme: str,
    carried_because: str = "",
) -> None:
    """Close the meeting: from now on its minutes are locked, and older care words lapse.

    Whoever was not talked about is carried to the next meeting with ``carried_because``.
    Raises ``Cannot`` with what is missing. Closing a closed meeting raises ``Closed``.
    """
    meeting = _open(by, meeting_id)
    now = timezone.now()
    places = MeetingPerson.objects.filter(
        meeting=meeting, person_id__in=by.people(WING, Right.WRITE)
    )
    waiting = [place for place in places if place.outcome == Outcome.WAITING]
    said = {
        "went_well": went_well,
        "how_we_are": how_we_are,
        "theme": theme,
        "carried_because": carried_because,
    }
    if missing := missing_for_closing(said, len(waiting)):
        raise Cannot(" ".join(missing.values()))
    for place in waiting:
        place.carried_because = carried_because
    MeetingPerson.objects.bulk_update(waiting, ["carried_because"])
    people = [place.person_id for place in places]
    Care.objects.filter(person_id__in=people, ended_at__isnull=True).exclude(
        meeting=meeting
    ).update(ended_at=now)
    meeting.went_well, meeting.how_we_are, meeting.theme = went_well, how_we_are, theme
    meeting.closed_at, meeting.closed_by_id = now, by.staff_id
    meeting.save(update_fields=["went_well", "how_we_are", "theme", "closed_at", "closed_by"])
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="meeting closed",
        record=meeting.id,
        people=people,
        signed=Meeting,
    )


# ---- Shared steps ----


def _open(by: Viewer, meeting_id: UUID) -> Meeting:
    """The meeting, locked for this transaction; 404 unless the viewer writes on its unit."""
    meeting_with(meeting_id, viewer=by, right=Right.WRITE)
    meeting = Meeting.objects.select_for_update().get(id=meeting_id)
    if meeting.closed_at is not None:
        raise Closed(_("This meeting has been closed, and its minutes are locked."))
    return meeting


def _place(by: Viewer, meeting: Meeting, person_id: int) -> MeetingPerson:
    """Somebody's place in the meeting; made now for whoever came since it began."""
    require(person_id, viewer=by, compartment=WING, right=Right.WRITE)
    place = MeetingPerson.objects.filter(meeting=meeting, person_id=person_id).first()
    if place is not None:
        return place
    here = people_on(meeting.unit_id, viewer=by, right=Right.WRITE, compartment=WING)
    if person_id not in {line.id for line in here}:
        raise Http404
    place = MeetingPerson(meeting=meeting, person_id=person_id, at=meeting.opened_at)
    place.save(force_insert=True)
    return place


def _settle(
    place: MeetingPerson, by: Viewer, outcome: Outcome, now: datetime | None = None
) -> None:
    place.outcome = outcome
    place.noted_by_id, place.noted_at = by.staff_id, now or timezone.now()
    place.save(update_fields=["outcome", "noted_by", "noted_at", *TEXTS])


def _log(
    by: Viewer, kind: Kind, subject: str, key: UUID, people: list[int], reason: str = ""
) -> None:
    record(by=by, kind=kind, subject=subject, record=key, people=people, reason=reason)
