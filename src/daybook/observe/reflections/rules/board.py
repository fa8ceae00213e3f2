"""What the board says of one person: a few short lines, each from somebody or something named.

Nothing here ranks people or weighs one against another. Better is said as plainly as worse.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean
from typing import Protocol

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from daybook.foundation.people.ahead.rules import when
from daybook.foundation.registry.providers import Due
from daybook.ui.parts import Direction, Line
from daybook.ui.words import since

from ..vocabulary import CareWord, ChartState, Contact, Difference, Leaning, Way
from .chart import in_full, wing_in_words

MOOD = "mood"
HOW_LONG_WORDS_STAND = timedelta(days=1)
"""What an officer wrote stands on the board for the rest of that day and the next."""

SPELL = 10
"""Rated days that make a low spell, before the sudden brightening."""
LOW = 0.6
"""Steps below the own usual that the spell has on average, at least."""
BRIGHT_DAYS = 2
LEAP = 1.2
"""Steps between the spell and each of the bright days after it, at least."""
STILL_NEWS = timedelta(days=3)

LONGEST_WORDS = 70


class Entry(Protocol):
    """What any entry says of itself."""

    @property
    def day(self) -> date: ...
    @property
    def contact(self) -> str: ...
    @property
    def author(self) -> str: ...


class Promise(Protocol):
    """What any action says of itself."""

    @property
    def what(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def due_on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry, as far as the board says it aloud."""

    day: date
    contact: str
    difference: str
    way: str
    of_what: str
    leaning: str
    author_id: int
    author: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What the board needs of one person's picture on one channel.

    The lists hold a value a day from ``first_day``; they are empty on channels not shown.
    """

    channel: str
    name: str
    state: str
    direction: int | None
    since: date | None
    size: float | None
    wing_share: float | None
    chance: float | None
    usual: float | None
    band: tuple[float, float] | None
    first_day: date
    shown: bool = False
    raw: Sequence[float | None] = ()
    adjusted: Sequence[float | None] = ()
    noticed_on: date | None = None
    """The day on which the change was first worth talking about."""

    @property
    def worth_talking_about(self) -> bool:
        return self.state == ChartState.TALK and self.direction is not None

    @property
    def turn(self) -> Direction:
        return "higher" if self.direction == 1 else "lower"


# ---- Charts ----


def changes(
    charts: Iterable[Chart], *, today: date, brief: bool = False, pronoun: str = ""
) -> list[Line]:
    """Lasting changes, one line for each direction, and once how much the wing shares them.

    In ``brief``, the wing is named only where it has a part in the change. What else each
    chart says, how large and how sure, is there for whoever wants it.
    """
    lines: list[Line] = []
    wing = ""
    for turn in ("lower", "higher"):
        found = [chart for chart in charts if chart.worth_talking_about and chart.turn == turn]
        if found:
            largest = max(found, key=lambda chart: abs(chart.size or 0))
            said, wing = wing, wing_in_words(largest.size, largest.wing_share, brief=brief)
            words = [_change_in_words(found, turn, today), wing if wing != said else ""]
            more = " ".join(in_full(chart, pronoun, today=today).text for chart in found)
            lines.insert(0, Line(" ".join(filter(None, words)), turn, more))
    return lines


def _change_in_words(found: list[Chart], turn: str, today: date) -> str:
    first, *others = [chart.name for chart in found]
    names = _listed([first, *(name[:1].lower() + name[1:] for name in others)])
    began = min((chart.since for chart in found if chart.since), default=None)
    return {
        ("higher", True): _("{channels} higher since {day}."),
        ("higher", False): _("{channels} higher."),
        ("lower", True): _("{channels} lower since {day}."),
        ("lower", False): _("{channels} lower."),
    }[turn, began is not None].format(channels=names, day=since(began, today) if began else "")


def brightened(days: Sequence[float | None], usual: float | None) -> bool:
    """Whether a low spell was followed by days at least as bright as usual, all at once.

    ``days``: mood, a value a day, oldest first, None where nobody rated. A recovery that
    takes its time is no sudden brightening; a sudden one is worth a conversation.
    """
    rated = [value for value in days if value is not None]
    if usual is None or len(rated) < SPELL + BRIGHT_DAYS:
        return False
    spell, now = fmean(rated[-SPELL - BRIGHT_DAYS : -BRIGHT_DAYS]), rated[-BRIGHT_DAYS:]
    return spell <= usual - LOW and min(now) >= max(usual, spell + LEAP)


def brightening(charts: Iterable[Chart], *, today: date) -> list[Line]:
    for chart in charts:
        if chart.channel == MOOD and brightened(chart.adjusted, chart.usual):
            rated = [i for i, value in enumerate(chart.adjusted) if value is not None]
            if today - (chart.first_day + timedelta(days=rated[-1])) <= STILL_NEWS:
                words = _("Suddenly brighter after a low spell: worth talking about.")
                return [Line(words, "higher")]
    return []


def chart_aloud(name: str, chart: Chart) -> str:
    """A small line as it is read aloud."""
    return _("{name}, {channel}, six weeks: {state}").format(
        name=name, channel=chart.name, state=ChartState(chart.state).label
    )


def weather_in_words(weather: Sequence[float | None]) -> str:
    """The unit's latest known day, where it was out of the ordinary for everyone."""
    known = [value for value in weather if value is not None]
    if not known or abs(known[-1]) < 0.4:
        return ""
    if known[-1] > 0:
        return _("lately higher than usual for everyone")
    return _("lately lower than usual for everyone")


# ---- Officers' words ----


def officers_say(entries: Iterable[Entered], *, today: date, pronoun: str) -> list[Line]:
    """What each officer last said of the usual, while it is fresh, those who differ first."""
    fresh: dict[int, Entered] = {}
    for entry in entries:
        if entry.day >= today - HOW_LONG_WORDS_STAND and entry.difference:
            fresh.setdefault(entry.author_id, entry)
    different = [
        e for e in fresh.values() if e.difference in (Difference.LITTLE, Difference.CLEARLY)
    ]
    if not different:
        return []
    alike: dict[str, list[Entered]] = {}
    for entry in different:
        alike.setdefault(_difference(entry, today, pronoun), []).append(entry)
    lines = [
        Line(f"{words} — {_listed([entry.author for entry in said])}", _turn(said[0]))
        for words, said in alike.items()
    ]
    usual = [entry.author for entry in fresh.values() if entry.difference == Difference.AS_USUAL]
    if usual:
        lines.append(Line(_("as usual, says {who}").format(who=_listed(usual[:2]))))
    return lines


def _turn(entry: Entered) -> Direction:
    if entry.way == Way.MORE:
        return "higher"
    return "lower" if entry.way == Way.LESS else "mixed"


def _difference(entry: Entered, today: date, pronoun: str) -> str:
    words = {
        (Difference.LITTLE, True): _("A little different"),
        (Difference.LITTLE, False): _("A little different yesterday"),
        (Difference.CLEARLY, True): _("Clearly different"),
        (Difference.CLEARLY, False): _("Clearly different yesterday"),
    }[Difference(entry.difference), entry.day == today]
    what = Truncator(entry.of_what).chars(LONGEST_WORDS)
    if entry.way and what:
        what = f"{Way(entry.way).label} {what}"
    said = f"{words}: {what}" if what else words
    if leaning := _leaning(entry.leaning, pronoun):
        said = f"{said}, “{leaning}”"
    return said


def _leaning(leaning: str, pronoun: str) -> str:
    if leaning == Leaning.GOOD:
        return {"he": _("good for him"), "she": _("good for her")}.get(pronoun, _("good for them"))
    return _("worries me") if leaning == Leaning.WORRIES else ""


def different_aloud(pronoun: str) -> str:
    return {
        "he": _("different from his own usual"),
        "she": _("different from her own usual"),
    }.get(pronoun, _("different from their own usual"))


def care(word: str) -> Line:
    """The team's own word, until the next meeting lets it lapse."""
    return Line(
        {
            CareWord.CHECK_IN: _("Check in, until the next meeting"),
            CareWord.STAY_CLOSE: _("Stay close, until the next meeting"),
        }[CareWord(word)]
    )


# ---- Entries ----


def entered_today(entries: Sequence[Entry], *, today: date) -> bool:
    return bool(entries) and entries[0].day >= today


def last_entry(entries: Sequence[Entry], *, today: date, asked: bool = False) -> list[Line]:
    """That nobody saw them, as an officer says; or since when nobody has written.

    A day without an entry is not remarkable before it is over: unless ``asked`` for, the
    line appears from the second day on.
    """
    if not entries:
        return [Line(_("no entry yet"))]
    latest = entries[0]
    if latest.day >= today:
        todays = [entry for entry in entries if entry.day >= today]
        if all(entry.contact == Contact.NOT_SEEN for entry in todays):
            return [Line(_("not seen today, says {who}").format(who=latest.author))]
        return []
    if asked or latest.day < today - timedelta(days=1):
        return [Line(_("no entry since {day}").format(day=since(latest.day, today)))]
    return []


# ---- What is ahead ----


def ahead(kind: str, at: datetime, words: str, *, today: date) -> Line:
    """Something that is coming today or tomorrow: ``Visit 15:00``, ``Court tomorrow 09:30``."""
    what, then = kind[:1].upper() + kind[1:], when(at)
    if not isinstance(then, datetime):
        said = _("{what} tomorrow") if then > today else _("{what} today")
    elif then.date() > today:
        said = _("{what} tomorrow {hour}")
    else:
        said = "{what} {hour}"
    said = said.format(what=what, hour=time_format(timezone.localtime(at), "H:i"))
    return Line(f"{said}: {words}" if words else said)


def away(kind: str, left_at: datetime, *, today: date) -> Line:
    when = timezone.localtime(left_at)
    if when.date() == today:
        return Line(_("{where} since {day}").format(where=kind, day=time_format(when, "H:i")))
    return Line(_("{where} since {day}").format(where=kind, day=since(when, today)))


def owed(actions: Sequence[Promise], *, today: date) -> list[Line]:
    """What is due, with whoever does it; of several their number, for they stand on the page."""
    if not actions:
        return []
    first = min(actions, key=lambda action: action.due_on)
    since_when = since(first.due_on, today)
    if len(actions) > 1:
        words = _("{number} actions due, the first since {day}")
        return [Line(words.format(number=len(actions), day=since_when))]
    words = _("Due: {what} — {who}, today")
    if first.due_on < today:
        words = _("Due: {what} — {who}, since {day}")
    what = Truncator(first.what.rstrip(".")).chars(LONGEST_WORDS)
    return [Line(words.format(what=what, who=first.owner, day=since_when))]


def also_due(dues: Sequence[Due], *, today: date) -> list[Line]:
    """What else is owed to somebody by today; of several their number."""
    if not dues:
        return []
    first = min(dues, key=lambda due: due.on)
    since_when = since(first.on, today)
    if len(dues) > 1:
        words = _("{number} other things due, the first since {day}")
        return [Line(words.format(number=len(dues), day=since_when))]
    words = _("Due: {what}, since {day}") if first.on < today else _("Due: {what}, today")
    what = Truncator(first.words).chars(LONGEST_WORDS)
    return [Line(words.format(what=what, day=since_when))]


def what_came_of_it(what: str, effect: str) -> Line:
    return Line(f"{Truncator(what.rstrip('.')).chars(LONGEST_WORDS)}: {effect}")


def is_different(lines: Iterable[Line]) -> bool:
    """Whether anything says that somebody is different from their own usual."""
    return any(line.direction for line in lines)


def shift_in_words(now: datetime) -> str:
    """Which shift the clock on the wall says it is."""
    hour = timezone.localtime(now).hour
    if 6 <= hour < 14:
        return pgettext("shift", "early")
    return pgettext("shift", "late") if 14 <= hour < 22 else pgettext("shift", "night")


def day_words(day: date) -> str:
    return date_format(day, pgettext("date format, as in Thursday 12 March", "l j F"))


def _listed(names: Sequence[str]) -> str:
    first, *rest = names
    if not rest:
        return first
    return _("{first} and {last}").format(first=", ".join([first, *rest[:-1]]), last=rest[-1])
