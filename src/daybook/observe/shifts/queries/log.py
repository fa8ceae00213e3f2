"""What happened on a unit in a span of time, each kind told by a provider of its own.

The time of a line is when it was written: what is written after a shift has ended belongs
to the log of the next, and nothing slips into one that has been read.
"""

from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.models import Action, Effect
from daybook.foundation.people.models import Escort, EscortKind, Stay
from daybook.foundation.people.queries import PersonLine, people_on, people_with
from daybook.foundation.places.models import UnitDay
from daybook.foundation.places.rules import day_in_words
from daybook.foundation.registry.providers import Happened
from daybook.foundation.staff.models import short_name
from daybook.observe.reflections.models import Care, Meeting, Reflection
from daybook.observe.reflections.queries.strikes import people_to_strike
from daybook.observe.reflections.vocabulary import CareWord, Difference, Entered, Way

from ..models import HandoverNote, Request, RequestStep
from ..vocabulary import Step
from .events import told_of
from .moves import sent_away

WING = Compartment.WING


def reflections(
    *, viewer: Viewer, unit_id: int, since: datetime, until: datetime
) -> list[Happened]:
    """Where an officer saw somebody clearly different; what was taken back has left."""
    people = _here(unit_id, viewer)
    rows = scope(
        Reflection.objects.filter(
            person_id__in=people,
            difference=Difference.CLEARLY,
            withdrawn_at__isnull=True,
            saved_at__gte=since,
            saved_at__lt=until,
        ),
        viewer=viewer,
        compartment=WING,
    )
    found = list(rows.values_list("person_id", "saved_at", "way", "of_what", "seen_heard"))
    viewer.saw("entries", [row[0] for row in found])
    return [
        _of(people[person], at, " ".join(filter(None, [_different(way, what), seen])))
        for person, at, way, what, seen in found
    ]


def moves(*, viewer: Viewer, unit_id: int, since: datetime, until: datetime) -> list[Happened]:
    """Who came, who left (and not where to), who went out under escort and came back."""
    came = scope(
        Stay.objects.filter(unit_id=unit_id, began_at__gte=since, began_at__lt=until),
        viewer=viewer,
        compartment=Compartment.IDENTITY,
    ).values_list("person_id", "began_at")
    arrived = list(came)
    people = _here(unit_id, viewer)
    known = people | people_with({person for person, _at in arrived} - people.keys(), viewer=viewer)
    told = [_of(known[person], at, _("came to the unit")) for person, at in arrived]
    told += [
        Happened(left.at, _("left the unit"), left.name, left.person_id)
        for left in sent_away(viewer=viewer)
        if left.unit_id == unit_id and since <= left.at < until
    ]
    away = scope(
        Escort.objects.filter(person_id__in=people), viewer=viewer, compartment=WING
    ).filter(left_at__lt=until)
    for person, kind, left_at, back_at in away.filter(left_at__gte=since).values_list(
        "person_id", "kind", "left_at", "back_at"
    ):
        # Over the moment it began, it did not take place.
        if back_at != left_at:
            told.append(_of(people[person], left_at, str(EscortKind(kind).label)))
    for person, back_at in away.filter(back_at__gte=since, back_at__lt=until).values_list(
        "person_id", "back_at"
    ):
        if back_at:
            told.append(_of(people[person], back_at, _("back from the escort")))
    return told


def meetings(*, viewer: Viewer, unit_id: int, since: datetime, until: datetime) -> list[Happened]:
    """Meetings closed, and the team's words for the care somebody needs."""
    closed = Meeting.objects.filter(unit_id=unit_id, closed_at__gte=since, closed_at__lt=until)
    told = [
        Happened(
            at,
            _("The meeting was closed. %(theme)s") % {"theme": theme},
            url=reverse("reflections:minutes", args=[key]),
        )
        for key, at, theme in closed.values_list("id", "closed_at", "theme")
        if at
    ]
    people = _here(unit_id, viewer)
    care = scope(
        Care.objects.filter(person_id__in=people, set_at__gte=since, set_at__lt=until),
        viewer=viewer,
        compartment=WING,
    ).values_list("person_id", "set_at", "word")
    return told + [
        _of(people[person], at, _("the team’s word: %(word)s") % {"word": CareWord(word).label})
        for person, at, word in care
    ]


def actions(*, viewer: Viewer, unit_id: int, since: datetime, until: datetime) -> list[Happened]:
    """Actions closed, and those whose day it was."""
    people = _here(unit_id, viewer)
    rows = scope(Action.objects.filter(person_id__in=people), viewer=viewer, compartment=WING)
    closed = rows.filter(done_at__gte=since, done_at__lt=until).values_list(
        "person_id", "done_at", "what", "effect"
    )
    told = [
        _of(
            people[person],
            at,
            _("%(what)s: %(effect)s") % {"what": what, "effect": Effect(effect).label},
        )
        for person, at, what, effect in closed
        if at
    ]
    day = timezone.localdate(since)
    due = rows.filter(done_at__isnull=True, due_on=day).values_list(
        "person_id", "id", "what", "owner__given_name", "owner__family_name"
    )
    told += [
        Happened(
            since,
            _("due today: %(what)s (%(who)s)") % {"what": what, "who": short_name(given, family)},
            people[person].name,
            person,
            reverse("duties:close", args=[key]),
        )
        for person, key, what, given, family in due
    ]
    viewer.saw("actions", [each.person_id for each in told if each.person_id])
    return told


def requests(*, viewer: Viewer, unit_id: int, since: datetime, until: datetime) -> list[Happened]:
    """What was asked, and what became of what was asked before."""
    people = _here(unit_id, viewer)
    asked = scope(
        Request.objects.filter(person_id__in=people, written_at__gte=since, written_at__lt=until),
        viewer=viewer,
        compartment=WING,
    ).values_list("id", "person_id", "written_at", "asked")
    told = [
        Happened(
            at,
            _("asked: “%(words)s”") % {"words": words},
            people[person].name,
            person,
            reverse("shifts:request", args=[key]),
        )
        for key, person, at, words in asked
    ]
    steps = scope(
        RequestStep.objects.filter(
            person_id__in=people, written_at__gte=since, written_at__lt=until
        ),
        viewer=viewer,
        compartment=WING,
    ).values_list("request_id", "person_id", "written_at", "kind", "request__asked")
    told += [
        Happened(
            at,
            _("“%(words)s”: %(step)s") % {"words": words, "step": Step(kind).label},
            people[person].name,
            person,
            reverse("shifts:request", args=[key]),
        )
        for key, person, at, kind, words in steps
    ]
    viewer.saw("requests", [each.person_id for each in told if each.person_id])
    return told


def events(*, viewer: Viewer, unit_id: int, since: datetime, until: datetime) -> list[Happened]:
    """Shared events, each once, in words that name nobody."""
    people = _here(unit_id, viewer)
    found = {
        told.event.id: told.event
        for _person, told in told_of(people, viewer=viewer, since=since)
        if told.event.written_at < until
    }
    return [
        Happened(
            event.written_at,
            _("%(kind)s, %(place)s, %(at)s: %(fact)s")
            % {
                "kind": event.kind_words,
                "place": event.place,
                "at": time_format(timezone.localtime(event.happened_at), "H:i"),
                "fact": event.fact,
            },
            url=reverse("shifts:event", args=[event.id]),
        )
        for event in found.values()
    ]


def unit_day(*, viewer: Viewer, unit_id: int, since: datetime, until: datetime) -> list[Happened]:
    """What the day was like for everyone on the unit."""
    words = day_in_words(
        UnitDay.objects.filter(unit_id=unit_id, day=timezone.localdate(since)).first()
    )
    return [Happened(since, " · ".join(words))] if words else []


def notes(*, viewer: Viewer, unit_id: int, since: datetime, until: datetime) -> list[Happened]:
    """What staff added for the next shift."""
    rows = list(
        HandoverNote.objects.filter(unit_id=unit_id, written_at__gte=since, written_at__lt=until)
        .order_by("written_at")
        .values_list(
            "id", "person_id", "written_at", "words", "written_by__given_name",
            "written_by__family_name",
        )
    )  # fmt: skip
    people = people_with({row[1] for row in rows if row[1]}, viewer=viewer)
    led = people_to_strike(viewer=viewer) if people else frozenset()
    told = []
    for key, person, at, words, given, family in rows:
        said = f"{words} ({short_name(given, family)})"
        if person is None:
            told.append(Happened(at, said))
        elif person in people:
            wrong = reverse("reflections:strike", args=[Entered.HANDOVER.value, key])
            line = _of(people[person], at, said)
            told.append(replace(line, wrong_url=wrong) if person in led else line)
    viewer.saw("handover notes", list(people))
    return told


PROVIDERS = {
    "reflections": reflections,
    "moves": moves,
    "meetings": meetings,
    "actions": actions,
    "requests": requests,
    "events": events,
    "unit day": unit_day,
    "notes": notes,
}


def _here(unit_id: int, viewer: Viewer) -> dict[int, PersonLine]:
    people = people_on(unit_id, viewer=viewer, compartment=WING)
    return {line.id: line for line in people}


def _of(person: PersonLine, at: datetime, words: str) -> Happened:
    url = reverse("reflections:person", args=[person.id])
    return Happened(at, words, person.name, person.id, url)


def _different(way: str, of_what: str) -> str:
    what = " ".join(filter(None, [str(Way(way).label) if way else "", of_what]))
    said = _("clearly different: %(what)s") % {"what": what} if what else _("clearly different")
    return said if said.endswith((".", "!", "?")) else f"{said}."
