"""What this app tells the pages that know nothing of it: a person's timeline, what stands
beside it, and what is due."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import Aside, Due, TimelineEntry, Voice

from .events import Told, told_of
from .moves import fresh_notes, last_notes
from .requests import Asked, kept_lately, open_requests, promised, requests_by_latest

LATELY = timedelta(days=90)


# ---- One column of time ----


def requests(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Each request once, at the latest thing that became of it, newest first."""
    return [
        _request(asked)
        for asked in requests_by_latest(person_id, viewer=viewer, before=before, limit=limit)
    ]


def _request(asked: Asked) -> TimelineEntry:
    last = asked.steps[-1] if asked.steps else None
    voices = [Voice("own", asked.asked)]
    if asked.kept:
        answer = asked.answer
        kept = _("Promise kept.") if len(asked.steps) > 1 else _("Done.")
        voices.append(Voice("did", " ".join(filter(None, [kept, answer.words if answer else ""]))))
    else:
        voices.append(Voice("did", asked.stands))
    return TimelineEntry(
        last.written_at if last else asked.written_at,
        last.written_by if last else asked.written_by,
        _("asked %(whom)s") % {"whom": asked.asked_of},
        tuple(voices),
        "request",
        str(asked.id),
        reverse("shifts:request", args=[asked.id]),
    )


def events(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Shared events with this person's part; the others are not named."""
    return [
        _event(told)
        for _person, told in told_of([person_id], viewer=viewer, before=before, limit=limit)
    ]


def _event(told: Told) -> TimelineEntry:
    event = told.event
    did = ", ".join(event.responses_words)
    voices = (
        Voice("fact", event.fact),
        Voice("fact", _("Their part: %(part)s") % {"part": told.part}),
        Voice("reading", event.reading),
        Voice("did", f"{did[:1].upper()}{did[1:]}." if did else ""),
        Voice("did", event.response),
        Voice("did", _("It opened: %(words)s") % {"words": event.opening} if event.opening else ""),
        Voice("note", told.others),
    )
    return TimelineEntry(
        event.happened_at,
        event.written_by,
        f"{event.kind_words} · {event.place}",
        tuple(voice for voice in voices if voice.text),
        "event-part",
        str(told.part_id),
        reverse("shifts:event", args=[event.id]),
    )


def farewells(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Last notes of those who sent the person here."""
    return [
        TimelineEntry(
            note.written_at,
            note.written_by,
            _("last note, %(unit)s") % {"unit": note.unit},
            (Voice("fact", note.words),),
            "last-note",
            str(note.id),
        )
        for note in last_notes(person_id, viewer=viewer, before=before)[:limit]
    ]


# ---- Beside it ----


def first_words(*, viewer: Viewer, person_id: int) -> list[Aside]:
    """For a week after a move, what the team before wished this one to know."""
    return [
        Aside(
            _("From %(unit)s") % {"unit": note.unit},
            (note.words, note.written_by),
        )
        for note in fresh_notes(person_id, viewer=viewer)
    ]


def asked(*, viewer: Viewer, person_id: int) -> list[Aside]:
    """What the person waits for, and promises that were kept."""
    waiting = open_requests([person_id], viewer=viewer)
    kept = kept_lately(person_id, viewer=viewer, since=timezone.now() - LATELY)
    lines = [f"“{each.asked}” {each.stands}." for each in waiting]
    lines += [_("Promise kept: “%(words)s”") % {"words": each.asked} for each in kept[:3]]
    return [
        Aside(
            _("Asked and promised"),
            tuple(lines) or (_("Nothing waits for an answer."),),
            reverse("shifts:asked-by", args=[person_id]),
            _("What was asked"),
        )
    ]


def goes_along(*, viewer: Viewer, person_id: int) -> list[str]:
    """What they still wait for."""
    return [f"“{each.asked}” {each.stands}." for each in open_requests([person_id], viewer=viewer)]


# ---- What is due ----


def promises(*, viewer: Viewer, people: Collection[int], until: date) -> list[Due]:
    """Promises to these people that are due by then, overdue first."""
    return [
        Due(
            each.due_on,
            _("promised: “%(words)s” (%(who)s)") % {"words": each.asked, "who": each.promised_by},
            reverse("shifts:request", args=[each.id]),
            each.person_id,
        )
        for each in promised(people, viewer=viewer, until=until)
    ]
