"""What may be signed, until when it may be taken back, and what waits for one's own eyes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models.reflection import LONGEST_NOTE
from ..vocabulary import Contact, Difference

DAYS_BACK = 7
TAKE_BACK_WITHIN = timedelta(minutes=15)
DIFFERENT = frozenset({Difference.LITTLE, Difference.CLEARLY})

NOTES = ("seen_heard", "reading", "own_words", "response", "opening")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What somebody wants to sign about one person.

    ``steps`` holds 1-5 by the key of the channel, None for "can't tell"; a channel that
    was skipped is not in it. Words are keys of ``vocabulary``, empty where nothing was said.
    """

    key: UUID
    person_id: int
    day: date
    form: str
    contact: str
    setting: str = ""
    steps: Mapping[int, int | None] = field(default_factory=dict)
    difference: str = ""
    way: str = ""
    of_what: str = ""
    leaning: str = ""
    circumstances: tuple[str, ...] = ()
    seen_heard: str = ""
    reading: str = ""
    own_words: str = ""
    own_mark: int | None = None
    response: str = ""
    opening: str = ""
    noted_at: datetime | None = None
    """When it was noted on paper, where it was and the sheet says so."""


class CannotSign(Exception):
    """Something in an entry can't be right: a sentence for each field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class KeyTaken(Exception):
    """The page was already used to save something else, which stays as it is."""


class Locked(Exception):
    """Signed too long ago to be taken back."""


def settled(entry: Entry) -> Entry:
    """Without what only a difference raises, where there is none: the form hid those answers."""
    if entry.difference in DIFFERENT:
        return entry
    return replace(entry, way="", leaning="")


def problems(entry: Entry, *, today: date) -> dict[str, str]:
    """A plain sentence for each field that keeps the entry from being signed."""
    found = {}
    if entry.contact == Contact.NOT_SEEN and _tells_of_a_meeting(entry):
        found["contact"] = _(
            "You chose “not seen”, and also said how it was. Choose how much contact there was, "
            "or “can’t tell” where you gave a step."
        )
    if entry.of_what and entry.difference not in DIFFERENT:
        found["of_what"] = _(
            "You wrote what is different. Choose “a little” or “clearly”, or empty this line."
        )
    if wrong := day_problem(entry.day, today=today):
        found["day"] = wrong
    if entry.noted_at and timezone.localdate(entry.noted_at) != entry.day:
        found["noted_at"] = _("That hour is of another day than the one on the sheet.")
    for name in NOTES:
        if too_long := too_long_in_words(getattr(entry, name)):
            found[name] = too_long
    return found


def day_problem(day: date, *, today: date) -> str:
    """Nothing, or why nobody writes about that day now."""
    if day > today:
        return _("That day is still to come. Choose today or a day before.")
    if day < today - timedelta(days=DAYS_BACK):
        return ngettext(
            "A reflection can be written up to %(days)s day later.",
            "A reflection can be written up to %(days)s days later.",
            DAYS_BACK,
        ) % {"days": DAYS_BACK}
    return ""


def too_long_in_words(note: str) -> str:
    """Nothing, or by how much the note is longer than one field holds."""
    if len(note) <= LONGEST_NOTE:
        return ""
    return _(
        "This has %(length)s characters, and a field holds %(limit)s. Shorten it, "
        "or keep the rest and add it to the entry once it is saved."
    ) % {"length": f"{len(note):,}", "limit": f"{LONGEST_NOTE:,}"}


def _tells_of_a_meeting(entry: Entry) -> bool:
    rated = any(step is not None for step in entry.steps.values())
    return rated or entry.difference == Difference.AS_USUAL


def may_take_back(*, saved_at: datetime, now: datetime) -> bool:
    return now <= saved_at + TAKE_BACK_WITHIN


def earlier_ratings_hidden(*, day: date, today: date, own: bool, own_saved: bool) -> bool:
    """Whether what a colleague judged today waits until the viewer's own entry is saved.

    Two people who look without knowing what the other saw see more than one who looks
    twice. Facts, the person's own words and what was done are never held back.
    """
    return day == today and not own and not own_saved
