"""The shapes of the fictional service.

Ids are small integers, local to one world: each object's `id` is its index in
the tuple that holds it, so `world.people[7].id == 7`. Fields that name another
object hold its id. `None` means there is none, or not yet.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from daybook.demo.world.columns import Reflections
from daybook.demo.world.moment import Moment
from daybook.demo.world.truth import Truth
from daybook.demo.world.wing_book import Book

Side = Literal["A", "B"]
LegalStatus = Literal["remand", "sentenced", "conditional-release", "probation", "ended"]


# --- Places


@dataclass(frozen=True, slots=True)
class Establishment:
    id: int
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Unit:
    id: int
    establishment: int
    name: str  # "B wing"
    letter: str
    staff_needed: int  # on a usual shift
    regime: str  # one or two sentences
    usual_hours_out: float
    for_women: bool


@dataclass(frozen=True, slots=True)
class Cell:
    id: int
    unit: int
    name: str  # "B1-14"
    landing: int
    places: int  # 1 or 2


@dataclass(frozen=True, slots=True)
class UnitDay:
    """One unit's own day. Empty text: nothing of the kind."""

    unit: int
    day: date
    staff_needed: int
    staff_present: int
    hours_out: float
    hours_locked_down: float
    lock_down_reason: str
    incident: str
    event: str
    feast: str


# --- Staff


@dataclass(frozen=True, slots=True)
class StaffMember:
    id: int
    given_name: str
    family_name: str
    username: str  # ASCII, unique
    number: str  # service number, unique


@dataclass(frozen=True, slots=True)
class Post:
    """What a staff member does, where, from when. Dates are inclusive."""

    id: int
    staff: int
    role: str  # a row of the access table: "personal-officer", …
    title: str  # "Personal officer", "Teacher", …
    establishment: int | None  # None: the whole service
    unit: int | None  # None: the whole establishment
    side: Side | None  # roster side, wing posts only
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class PersonalOfficer:
    """One officer a person on each roster side. Dates are inclusive."""

    id: int
    person: int
    staff: int
    side: Side
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Cover:
    """Who stands in for an absent personal officer. Dates are inclusive."""

    id: int
    assignment: int  # the PersonalOfficer stood in for
    person: int
    staff: int
    start: date
    end: date


# --- People


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    given_name: str
    family_name: str
    known_as: str  # "" when the given name will do; may be in another script
    pronoun: Literal["he", "she", "they"]
    born: date
    languages: tuple[str, ...]  # BCP 47, the one spoken best first
    needs_interpreter: bool


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    person: int
    system: Literal["prison", "probation"]
    value: str  # unique within its system


@dataclass(frozen=True, slots=True)
class StatusPeriod:
    """A person's legal status, dates inclusive. Periods join; the last has no end."""

    person: int
    status: LegalStatus
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class KeyDate:
    person: int
    kind: Literal["sentence-began", "hearing", "earliest-release", "release", "supervision-ends"]
    day: date


@dataclass(frozen=True, slots=True)
class Stay:
    """Time in one cell. `end` is the moment of leaving; None: still there."""

    id: int
    person: int
    cell: int
    unit: int
    start: Moment
    end: Moment | None
    came: Literal["admission", "cell move", "wing move", "transfer"]
    left: Literal["release", "cell move", "wing move", "transfer", ""]


@dataclass(frozen=True, slots=True)
class Escort:
    """Out of the establishment and back; the stay goes on meanwhile."""

    id: int
    person: int
    kind: Literal["court", "hospital"]
    leaves: Moment
    returns: Moment | None  # None: not back yet


@dataclass(frozen=True, slots=True)
class PersonEvent:
    id: int
    person: int
    kind: Literal["visit", "court", "hearing", "probation", "release"]
    at: Moment
    note: str  # "sister", "by video", …
    outcome: Literal["planned", "held", "cancelled"]


# --- Cases


@dataclass(frozen=True, slots=True)
class Case:
    id: int
    person: int
    opened_for: str
    legal_basis: str
    lead: int
    team: tuple[int, ...]  # staff ids, the lead among them
    opened: date
    review_due: date
    ends: date
    closed: date | None
    closed_by: int | None
    closing_reason: str


# --- Knowing a person


@dataclass(frozen=True, slots=True)
class ToldAtAdmission:
    person: int
    at: Moment
    by: int
    language: str
    with_interpreter: bool
    said: str  # "" when the person said nothing, which is never a mark
    objects: bool


@dataclass(frozen=True, slots=True)
class UnlockNote:
    """What to know before somebody's door is opened; it stands. A keep-apart has two."""

    person: int
    kind: str
    instruction: str
    reason: str
    by: int
    since: date
    review_on: date
    apart_from: int | None = None
    pair: int | None = None  # the same number on both notes of a keep-apart


@dataclass(frozen=True, slots=True)
class UsualPattern:
    """Written with the person. The newest one a person is in force."""

    id: int
    person: int
    written_by: int
    written: date
    usual: str
    agreed_with_person: bool
    own_words: str
    review_due: date
    reviewed: date | None


@dataclass(frozen=True, slots=True)
class EarlySign:
    id: int
    pattern: int
    sign: str
    agreed_response: str


@dataclass(frozen=True, slots=True)
class TrustOpportunity:
    """Offered; then taken or declined, or not answered yet; then kept, or not."""

    id: int
    person: int
    what: str
    offered: date
    offered_by: int
    taken_on: date | None
    declined_on: date | None
    kept_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Strength:
    id: int
    person: int
    text: str
    noted: date
    noted_by: int


# --- Reflection meetings


@dataclass(frozen=True, slots=True)
class Explanation:
    kind: Literal["ordinary", "regime", "other"]
    text: str


@dataclass(frozen=True, slots=True)
class MeetingItem:
    """One person in one meeting. `nothing_new`: one touch, the texts are empty."""

    id: int
    meeting: int
    person: int
    nothing_new: bool
    facts: str
    explanations: tuple[Explanation, ...]  # at least two unless nothing_new
    stance: str
    team_words: Literal["", "check-in", "stay-close"]  # expire at the next meeting
    dissent: str
    went_well: str


@dataclass(frozen=True, slots=True)
class Meeting:
    id: int
    unit: int
    kind: Literal["shift", "weekly"]
    shift: Literal["early", "late"]
    at: Moment
    led_by: int
    attended: tuple[int, ...]
    handed_over_to: int | None  # led on by, when the meeting went from shift to shift
    went_well: str
    how_we_are: str
    theme: str  # one unit theme, weekly only


@dataclass(frozen=True, slots=True)
class Action:
    id: int
    item: int  # meeting item
    person: int
    what: str
    owner: int
    due: date
    done: date | None
    effect: Literal["", "helped", "no-difference", "too-early"]  # "" while it is open
    came_of_it: str


@dataclass(frozen=True, slots=True)
class Addition:
    """Put beside a locked reflection by its author, or by a colleague."""

    reflection: int  # row in Reflections
    by: int
    at: Moment
    text: str


@dataclass(frozen=True, slots=True)
class World:
    """The whole service from `first_day` to `until`, both inclusive.

    Nothing that is recorded lies after `now` on the last day; planned events
    and due dates may.
    """

    seed: int
    first_day: date
    until: date
    now: Moment
    establishments: tuple[Establishment, ...]
    units: tuple[Unit, ...]
    cells: tuple[Cell, ...]
    unit_days: tuple[UnitDay, ...]
    staff: tuple[StaffMember, ...]
    posts: tuple[Post, ...]
    personal_officers: tuple[PersonalOfficer, ...]
    covers: tuple[Cover, ...]
    people: tuple[Person, ...]
    identity_numbers: tuple[IdentityNumber, ...]
    status_periods: tuple[StatusPeriod, ...]
    key_dates: tuple[KeyDate, ...]
    stays: tuple[Stay, ...]
    escorts: tuple[Escort, ...]
    events: tuple[PersonEvent, ...]
    cases: tuple[Case, ...]
    told: tuple[ToldAtAdmission, ...]
    usual_patterns: tuple[UsualPattern, ...]
    early_signs: tuple[EarlySign, ...]
    trust: tuple[TrustOpportunity, ...]
    strengths: tuple[Strength, ...]
    reflections: Reflections
    additions: tuple[Addition, ...]
    meetings: tuple[Meeting, ...]
    meeting_items: tuple[MeetingItem, ...]
    actions: tuple[Action, ...]
    book: Book
    unlock_notes: tuple[UnlockNote, ...]
    truth: Truth
