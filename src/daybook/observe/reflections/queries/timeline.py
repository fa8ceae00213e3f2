"""What this app tells a person's timeline, each kind of record by a provider of its own.

A provider gives at most ``limit`` entries from before ``before``, newest first.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import TimelineEntry, Voice
from daybook.foundation.staff.models import short_name

from ..models import Care, Explanation, MeetingPerson, Strength, TrustStep, UsualPattern
from ..rules.strengths import how_trust_went
from ..rules.telling import told_in_words, where_in_words
from ..vocabulary import CareWord, ExplanationKind, Outcome
from .meetings import with_minutes
from .recording import Written, reflections_of
from .told import WasTold, told

WING = Compartment.WING


def start_of(day: date) -> datetime:
    """A day without an hour stands at its beginning, below what happened at an hour of it."""
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, timezone.get_current_timezone())


def reflections(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """What was written day by day, with what was added to it."""
    may_add = viewer.may(Right.WRITE, WING)
    return [
        _reflection(entry, may_add)
        for entry in reflections_of(person_id, viewer=viewer, before=before, limit=limit)
    ]


def own_reflections(entries: Iterable[Written]) -> list[TimelineEntry]:
    """Entries of one's own, for whoever writes here and does not read."""
    return [_reflection(entry, may_add=True) for entry in entries]


def _reflection(entry: Written, may_add: bool) -> TimelineEntry:
    additions = tuple(
        TimelineEntry(a.added_at, a.author, "", (Voice("fact", a.text),), "addition", str(a.key))
        for a in entry.additions
    )
    return TimelineEntry(
        # Written on a later day, it stands with the day it is about.
        at=_end_of(entry.day) if entry.later else entry.saved_at,
        who=entry.author,
        where=where_in_words(entry),
        voices=told_in_words(entry),
        kind="reflection",
        key=str(entry.key),
        url=reverse("reflections:add", args=[entry.key]) if may_add else "",
        day_only=entry.later,
        additions=additions,
    )


def meetings(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """What a team said about the person; "nothing new" is said, too."""
    rows = scope(
        MeetingPerson.objects.filter(~Q(outcome=Outcome.WAITING), person_id=person_id),
        viewer=viewer,
        compartment=WING,
    )
    if before:
        rows = rows.filter(at__lt=before)
    found = list(
        rows.order_by("-at", "-id").values_list(
            "id", "meeting_id", "at", "outcome", "facts", "stance", "dissent", "went_well",
        )[:limit]
    )  # fmt: skip
    minutes = with_minutes((row[1] for row in found), viewer=viewer)
    explained: dict[UUID, list[str]] = defaultdict(list)
    if found:
        for discussion, kind, words in (
            Explanation.objects.filter(
                discussion_id__in=[row[0] for row in found], dropped_at__isnull=True
            )
            .order_by("id")
            .values_list("discussion_id", "kind", "words")
        ):
            short = str(ExplanationKind(kind).label).split(":")[0]
            explained[discussion].append(f"{words} ({short})")
    viewer.saw("meetings", [person_id] if found else [])
    return [
        TimelineEntry(
            at,
            _("Meeting"),
            "",
            _discussion(rest, explained[key]),
            "meeting",
            str(key),
            reverse("reflections:minutes", args=[meeting]) if meeting in minutes else "",
        )
        for key, meeting, at, *rest in found
    ]


def _discussion(said: list[str], explained: list[str]) -> tuple[Voice, ...]:
    outcome, facts, stance, dissent, went_well = said
    if outcome == Outcome.NOTHING_NEW:
        return (Voice("note", _("Nothing new.")),)
    voices = [Voice("fact", facts)]
    if explained:
        words = _("Explained by: %(explanations)s.") % {"explanations": "; ".join(explained)}
        voices.append(Voice("reading", words))
    if stance:
        voices.append(Voice("did", _("Stance: %(words)s") % {"words": stance}))
    if dissent:
        voices.append(Voice("reading", _("Seen otherwise: %(words)s") % {"words": dissent}))
    if went_well:
        voices.append(Voice("fact", _("Went well: %(words)s") % {"words": went_well}))
    return tuple(voice for voice in voices if voice.text)


def care(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """The team's words for the care somebody needed."""
    rows = scope(Care.objects.filter(person_id=person_id), viewer=viewer, compartment=WING)
    if before:
        rows = rows.filter(set_at__lt=before)
    found = list(
        rows.order_by("-set_at", "-id").values_list(
            "id", "set_at", "word", "set_by__given_name", "set_by__family_name"
        )[:limit]
    )
    viewer.saw("care words", [person_id] if found else [])
    return [
        TimelineEntry(
            at,
            short_name(given, family),
            _("the team’s word, until the next meeting"),
            (Voice("did", _capital(CareWord(word).label)),),
            "care",
            str(key),
        )
        for key, at, word, given, family in found
    ]


def usual_patterns(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """When the usual pattern was written or looked at anew."""
    rows = scope(UsualPattern.objects.filter(person_id=person_id), viewer=viewer, compartment=WING)
    if before:
        rows = rows.filter(written_at__lt=before)
    found = list(
        rows.order_by("-written_at", "-id").values_list(
            "id", "written_at", "written_by__given_name", "written_by__family_name",
            "words", "own_words", "agreed_with_person",
        )[:limit]
    )  # fmt: skip
    viewer.saw("usual patterns", [person_id] if found else [])
    url = reverse("reflections:usual", args=[person_id])
    return [
        TimelineEntry(
            at,
            short_name(given, family),
            _("usual pattern, written together") if together else _("usual pattern"),
            tuple(v for v in (Voice("fact", words), Voice("own", own)) if v.text),
            "usual",
            str(key),
            url,
        )
        for key, at, given, family, words, own, together in found
    ]


def what_was_told(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Each time the person was told what is written; an objection stands beside its answer."""
    return [
        TimelineEntry(
            start_of(each.on),
            each.by,
            _("what is written was told, in %(language)s") % {"language": each.told_in},
            _what_they_said(each),
            "told",
            str(each.key),
            day_only=True,
            additions=_what_we_answered(each),
        )
        for each in told(person_id, viewer=viewer)
        if before is None or start_of(each.on) < before
    ][:limit]


def _what_they_said(each: WasTold) -> tuple[Voice, ...]:
    voices = [Voice("own", each.said)] if each.said else []
    if each.objects:
        voices.append(Voice("fact", _("Objects to the record.")))
    return tuple(voices)


def _what_we_answered(each: WasTold) -> tuple[TimelineEntry, ...]:
    answer = each.answer
    if answer is None:
        return ()
    return (
        TimelineEntry(
            start_of(answer.on),
            answer.by,
            answer.told_how,
            (Voice("fact", answer.words),),
            "answer",
            str(answer.key),
            day_only=True,
        ),
    )


def trust(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Each step of trust once, on the day of the latest thing that happened to it."""
    rows = scope(
        TrustStep.objects.filter(person_id=person_id), viewer=viewer, compartment=WING
    ).annotate(latest=Greatest("offered_on", "taken_on", "declined_on", "kept_on"))
    found = list(
        _before(rows, "latest", before).order_by("-latest", "-id").values_list(
            "id", "latest", "offered_by__given_name", "offered_by__family_name", "what",
            "offered_on", "taken_on", "declined_on", "kept_on", "note",
        )[:limit]
    )  # fmt: skip
    viewer.saw("trust", [person_id] if found else [])
    return [
        TimelineEntry(
            start_of(latest),
            short_name(given, family),
            _("trust"),
            tuple(
                voice
                for voice in (
                    Voice("fact", what),
                    Voice("did", how_trust_went(*days)),
                    Voice("reading", note),
                )
                if voice.text
            ),
            "trust",
            str(key),
            reverse("reflections:trust-step", args=[key]),
            day_only=True,
        )
        for key, latest, given, family, what, *days, note in found
    ]


def strengths(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    rows = scope(Strength.objects.filter(person_id=person_id), viewer=viewer, compartment=WING)
    found = list(
        _before(rows, "written_on", before).order_by("-written_on", "-id").values_list(
            "id", "written_on", "written_by__given_name", "written_by__family_name", "words"
        )[:limit]
    )  # fmt: skip
    viewer.saw("strengths", [person_id] if found else [])
    return [
        TimelineEntry(
            start_of(on),
            short_name(given, family),
            _("a strength"),
            (Voice("fact", words),),
            "strength",
            str(key),
            day_only=True,
        )
        for key, on, given, family, words in found
    ]


def _before(rows: QuerySet, day: str, before: datetime | None) -> QuerySet:  # type: ignore[type-arg]
    """Rows whose day began before the moment."""
    if before is None:
        return rows
    moment = timezone.localtime(before)
    ends_before = moment.time() == time.min
    return rows.filter(**{f"{day}__{'lt' if ends_before else 'lte'}": moment.date()})


def _capital(label: object) -> str:
    words = str(label)
    return words[:1].upper() + words[1:]
