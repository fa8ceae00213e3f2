"""Whom a meeting talks about and why, when a person has been discussed, when it may close."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from daybook.foundation.registry.cannot import Cannot
from daybook.ui.words import since

from ..vocabulary import CareWord, Difference, ExplanationKind, Way
from .strikes import struck_on

A_WEEK = timedelta(days=7)
"""Nobody goes undiscussed for longer."""
QUIET_AFTER = timedelta(days=3)
"""From so many days without an entry on, the team asks how somebody is."""
CARE_LASTS = timedelta(days=8)
"""At the latest, meeting or none: a care word that nobody renews lapses."""
LONGEST_WHY = 300


class Closed(Cannot):
    """The meeting was closed, and with it its minutes."""


class ChangedMeanwhile(Exception):
    """A colleague saved the same discussion since the page was drawn. Nothing was written."""


# ---- Who is put forward ----


@dataclass(frozen=True, slots=True)
class Said:
    """An officer's own word that somebody differs from their usual."""

    day: date
    difference: str
    way: str
    of_what: str
    author: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Struck:
    """That an entry was struck, and when: all that is left of it where it was quoted."""

    day: date


@dataclass(slots=True)
class Standing:
    """What is known of one person as a meeting begins."""

    here_since: date
    changes: list[str] = field(default_factory=list)
    care: tuple[str, datetime] | None = None
    carried_because: str | None = None
    last_discussed: date | None = None
    last_entry: date | None = None


def reasons(standing: Standing, today: date) -> list[str]:
    """Why the team should talk about somebody, beside what officers said: each reason in words."""
    why = list(standing.changes)
    if standing.carried_because is not None:
        why.append(carried_over(standing.carried_because))
    if standing.care:
        word, began = standing.care
        why.append(
            _("“%(word)s” since %(day)s")
            % {"word": CareWord(word).label, "day": since(began, today)}
        )
    if undiscussed(standing.last_discussed, standing.here_since, today):
        why.append(not_talked_about(standing.last_discussed, today))
    if (standing.last_entry or standing.here_since) <= today - QUIET_AFTER:
        why.append(
            _("No entry since %(day)s") % {"day": since(standing.last_entry, today)}
            if standing.last_entry
            else _("No entry yet")
        )
    return why


def in_words(said: Said, today: date) -> str:
    """ "Clearly different yesterday: less joking — A. Novak"."""
    what = Truncator(said.of_what).chars(70)
    if said.way and what:
        what = f"{Way(said.way).label} {what}"
    words = str(Difference(said.difference).label).capitalize()
    if said.day < today:
        words = _("%(different)s, %(day)s") % {"different": words, "day": since(said.day, today)}
    words = f"{words}: {what} — {said.author}" if what else f"{words} — {said.author}"
    return _("%(words)s (contested by the person)") % {"words": words} if said.contested else words


def put_forward_in_words(
    entries: Sequence[UUID], said: Mapping[UUID, Said | Struck], on: date
) -> tuple[str, ...]:
    """What officers said, as of the day of the meeting; that words were struck or taken back."""
    found = [said[key] for key in entries if key in said]
    words = [in_words(each, on) for each in found if isinstance(each, Said)]
    words += [struck_on(each.day) for each in found if isinstance(each, Struck)]
    if len(found) < len(entries):
        words.append(_("Put forward by words that their author took back"))
    return tuple(words)


def carried_over(because: str) -> str:
    if not because:
        return _("Carried over from the last meeting")
    return _("Carried over from the last meeting: %(reason)s") % {"reason": because}


def still_to_talk_about(noticed_on: date | None, settled_on: date | None, today: date) -> bool:
    """Whether a lasting change is put forward: once the team has settled it, by talking or by
    "nothing new", only when it was noticed after that, or a week has gone by."""
    if settled_on is None or noticed_on is None:
        return True
    return noticed_on > settled_on or today - settled_on >= A_WEEK


def undiscussed(last: date | None, here_since: date, today: date) -> bool:
    """Whether a week has gone by without the team talking about somebody.

    For somebody who was never talked about the week begins with their stay.
    """
    return today - (last or here_since) >= A_WEEK


def not_talked_about(last: date | None, today: date) -> str:
    if last is None:
        return _("Not talked about yet")
    return _("Not talked about since %(day)s") % {"day": since(last, today)}


def in_lines(reasons: Iterable[str]) -> str:
    """Reasons as they are kept: one a line, whole, as many as there is room for."""
    kept = ""
    for reason in reasons:
        longer = f"{kept}\n{reason}" if kept else reason
        if len(longer) > LONGEST_WHY:
            return kept or Truncator(reason).chars(LONGEST_WHY)
        kept = longer
    return kept


# ---- One person ----


@dataclass(frozen=True, slots=True)
class NewExplanation:
    key: UUID
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class NewAction:
    key: UUID
    what: str
    owner_id: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody writes down of a discussion.

    ``seen``: the moment of the last save that the page showed, None if there was none.
    ``care``: a care word, ``NO_CARE``, or empty where the question was left open. ``usual``:
    keys of the channels on which a change is taken as the usual from now on.
    """

    seen: datetime | None
    finished: bool
    facts: str = ""
    stance: str = ""
    dissent: str = ""
    went_well: str = ""
    care: str = ""
    explanations: Sequence[NewExplanation] = ()
    dropped: frozenset[UUID] = frozenset()
    actions: Sequence[NewAction] = ()
    usual: frozenset[str] = frozenset()


NO_CARE = "none"
TEXTS = ("facts", "stance", "dissent", "went_well")


def missing_for_discussed(facts: str, kinds: Iterable[str]) -> dict[str, str]:
    """What a discussion still lacks, a sentence for each field.

    Two explanations at least, one ordinary and one about regime or staff: whoever looks
    only for something in the person will find it.
    """
    weighed = set(kinds)
    missing = {}
    if not facts.strip():
        missing["facts"] = _("Say in a line what was seen or heard.")
    if ExplanationKind.ORDINARY not in weighed:
        missing["ordinary"] = _("Find at least one ordinary explanation.")
    if ExplanationKind.REGIME not in weighed:
        missing["regime"] = _("Find at least one about the regime or about us.")
    return missing


# ---- Closing ----


def missing_for_closing(said: Mapping[str, str], waiting: int) -> dict[str, str]:
    """What the meeting still lacks before it may close, a sentence for each field.

    ``said``: went_well, how_we_are, theme, carried_because. ``waiting``: how many are not yet
    talked about: they may be carried to the next meeting, but not in silence.
    """
    missing = {}
    if not said["went_well"].strip():
        missing["went_well"] = _("Something went well today. Say one thing before you close.")
    if not said["how_we_are"].strip():
        missing["how_we_are"] = _("Ask round the table, then write a few words.")
    if not said["theme"].strip():
        missing["theme"] = _("Name one theme of the unit, or write “none today”.")
    if waiting and not said["carried_because"].strip():
        missing["carried_because"] = _(
            "Say why they wait for the next meeting, or go back and talk about them."
        )
    return missing


def last_time(theme: str, how_we_are: str) -> list[str]:
    """What the team said of itself, for the next meeting to begin with."""
    none = {_("none today"), "none today", _("none"), "-", "–", "—"}
    said = [] if theme.strip(" .").casefold() in none else [theme.strip()]
    return said + [how_we_are.strip()] * bool(how_we_are.strip())


def shift_at(now: datetime) -> str:
    """The shift that the clock on the wall suggests."""
    if 6 <= now.hour < 14:
        return "early"
    return "late" if 14 <= now.hour < 22 else "night"
