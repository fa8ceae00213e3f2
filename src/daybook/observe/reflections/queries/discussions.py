"""What a meeting knows about somebody, and what it wrote down."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.contests.beside import statements_about
from daybook.foundation.duties import queries as duties
from daybook.foundation.duties.queries import Owed
from daybook.foundation.registry.providers import Voice
from daybook.foundation.staff.models import short_name
from daybook.ui import parts

from ..models import Care, Explanation, MeetingPerson, TakenAsUsual
from ..rules.chart import in_full
from ..rules.meetings import put_forward_in_words
from ..rules.telling import told_in_words, where_in_words
from ..vocabulary import CareWord, ChartState, ExplanationKind
from .person import pictures
from .recording import reflections_of
from .said import said_in

WING = Compartment.WING
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Explained:
    """One explanation that was weighed and not dropped."""

    id: UUID
    kind: str
    words: str

    @property
    def kind_words(self) -> str:
        """The kind in a word or three: what stands before the colon of its full name."""
        return str(ExplanationKind(self.kind).label).partition(":")[0]


@dataclass(frozen=True, slots=True)
class Taken:
    """A change that was taken as the usual from then on."""

    channel: str
    name: str
    direction: int

    @property
    def words(self) -> str:
        """ "Mood, lower"."""
        turn = _("higher") if self.direction > 0 else _("lower")
        return f"{gettext(self.name)}, {turn}"


@dataclass(slots=True)
class Discussion:
    """All that one meeting wrote down about one person."""

    id: UUID
    meeting_id: UUID
    person_id: int
    at: datetime
    why: tuple[str, ...]
    carried_because: str
    outcome: str
    facts: str
    stance: str
    dissent: str
    went_well: str
    noted_by: str
    noted_at: datetime | None
    explanations: list[Explained] = field(default_factory=list)
    actions: list[Owed] = field(default_factory=list)
    care: str = ""
    taken: list[Taken] = field(default_factory=list)

    @property
    def care_words(self) -> str:
        return str(CareWord(self.care).label) if self.care else ""


def discussion(meeting_id: UUID, person_id: int, *, viewer: Viewer) -> Discussion:
    """What is written so far about one person; 404 if they are not in the meeting."""
    rows = MeetingPerson.objects.filter(meeting_id=meeting_id, person_id=person_id)
    for found in _discussions(rows, viewer=viewer):
        return found
    raise Http404


def discussions(meeting_id: UUID, *, viewer: Viewer) -> dict[int, Discussion]:
    """A meeting's discussions by person, of the people whom the viewer reaches."""
    rows = MeetingPerson.objects.filter(meeting_id=meeting_id)
    return {found.person_id: found for found in _discussions(rows, viewer=viewer)}


# ---- Facts ----


def entries_since(
    person_id: int, since: datetime, *, viewer: Viewer, limit: int = 30
) -> list[parts.Entry]:
    """What was written about somebody since then, newest first, each in its own voice.

    What the person says is wrong about an entry is read with it, in their words.
    """
    found = [
        entry
        for entry in reflections_of(person_id, viewer=viewer, limit=limit, together=True)
        if entry.saved_at > since
    ]
    contested = statements_about([entry.key for entry in found], viewer=viewer, person_id=person_id)
    return [
        parts.Entry(
            when=entry.saved_at,
            who=entry.author,
            where=where_in_words(entry),
            note=" ".join(each.state for each in contested[entry.key]),
            voices=[_voice(voice) for voice in told_in_words(entry)]
            + [parts.Voice("own", each.words) for each in contested[entry.key]],
            additions=[
                parts.Entry(added.added_at, added.author, [parts.Voice("fact", added.text)])
                for added in entry.additions
            ],
        )
        for entry in found
    ]


def _voice(voice: Voice) -> parts.Voice:
    return parts.Voice(voice.kind, voice.text)  # type: ignore[arg-type]


def changed_charts(person_id: int, *, viewer: Viewer) -> list[Taken]:
    """Charts that show a lasting change now, which the team may take as the usual."""
    return [
        Taken(chart.key, chart.name, chart.direction or 0)
        for chart in pictures(person_id, viewer=viewer)
        if chart.worth_talking_about
    ]


def charts_in_words(
    person_id: int, *, pronoun: str, viewer: Viewer, today: date
) -> list[parts.Line]:
    """What the charts say of somebody: each change in full, then the rest quietly."""
    drawn = pictures(person_id, viewer=viewer)
    changed = [chart for chart in drawn if chart.worth_talking_about]
    quiet = [chart for chart in drawn if not chart.worth_talking_about]
    return [in_full(chart, pronoun, today=today) for chart in changed] + [
        parts.Line(f"{chart.name}: {ChartState(chart.state).label}") for chart in quiet
    ]


# ---- Gathering ----


def source_of(discussion_id: UUID) -> str:
    """How an action says that it was agreed in this discussion."""
    return f"meeting:{discussion_id}"


def _discussions(
    rows: QuerySet[MeetingPerson], *, viewer: Viewer, limit: int | None = None
) -> list[Discussion]:
    """Six reads, however many discussions: the notes, and what hangs on them."""
    columns = (
        "id", "meeting_id", "person_id", "at", "said_in", "why", "carried_because", "outcome",
        "facts", "stance", "dissent", "went_well", "noted_at", "noted_by__given_name",
        "noted_by__family_name",
    )  # fmt: skip
    noted = list(_reached(rows, viewer).values(*columns)[:limit])
    said = said_in((key for row in noted for key in row["said_in"]), viewer=viewer)
    found = {
        row["id"]: Discussion(
            why=(
                *put_forward_in_words(row.pop("said_in"), said, timezone.localdate(row["at"])),
                *row.pop("why").splitlines(),
            ),
            noted_by=short_name(
                row.pop("noted_by__given_name") or "", row.pop("noted_by__family_name") or ""
            ),
            **row,
        )
        for row in noted
    }
    people = {one.person_id for one in found.values()}
    viewer.saw("discussions", people)
    weighed = Explanation.objects.filter(discussion_id__in=found, dropped_at__isnull=True)
    for key, explanation, kind, words in (
        _reached(weighed, viewer).order_by("id").values_list("discussion_id", "id", "kind", "words")
    ):
        found[key].explanations.append(Explained(explanation, kind, words))
    taken = TakenAsUsual.objects.filter(discussion_id__in=found, taken_back_at__isnull=True)
    for key, channel, name, direction in (
        _reached(taken, viewer)
        .order_by("channel__position", "channel_id")
        .values_list("discussion_id", "channel__key", "channel__name", "direction")
    ):
        found[key].taken.append(Taken(channel, name, direction))
    by_source = {source_of(key): one for key, one in found.items()}
    for owed in duties.agreed_at(by_source, people=people, viewer=viewer):
        by_source[owed.source].actions.append(owed)
    by_place = {(one.meeting_id, one.person_id): one for one in found.values()}
    chosen = Care.objects.filter(
        meeting_id__in={one.meeting_id for one in found.values()}, person_id__in=people
    )
    for meeting, person, word, ended in (
        _reached(chosen, viewer)
        .order_by("set_at")
        .values_list("meeting_id", "person_id", "word", "ended_at")
    ):
        if one := by_place.get((meeting, person)):
            # The next meeting ends a word; one that ended with the note itself was taken back.
            kept = ended is None or one.noted_at is None or ended > one.noted_at
            one.care = word if kept else ""
    return list(found.values())


def _reached(rows: QuerySet[M], viewer: Viewer) -> QuerySet[M]:
    return scope(rows, viewer=viewer, compartment=WING)
