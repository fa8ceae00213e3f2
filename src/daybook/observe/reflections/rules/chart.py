"""What one chart says, in words a team can use: since when, how much, and how sure.

"As usual" is never among them: that is only ever an officer's word.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.signals.answers import Because
from daybook.ui.charts import Change, Chart, Event, Point
from daybook.ui.parts import Direction, Line
from daybook.ui.words import plain_date
from daybook.ui.words import since as said_since

from ..vocabulary import ChartState

FORMING = 30
"""Days until a chart may speak."""
MOST_EVENTS = 8
LONG_AGO = "nobody rated within the days that a chart shows"
"""Why a picture says nothing of today, beside the reasons that the numerics know."""
LITTLE, SOME = 1 / 3, 2 / 3
"""Shares of a change that the wing has in common with the person."""


class Changed(Protocol):
    """What any chart says of a lasting change."""

    @property
    def name(self) -> str: ...
    @property
    def turn(self) -> Direction | None: ...
    @property
    def since(self) -> date | None: ...
    @property
    def size(self) -> float | None: ...
    @property
    def wing_share(self) -> float | None: ...
    @property
    def chance(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that may explain a change: a move, a lock-down, a visit called off."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class ChannelPicture:
    """One channel of one person as it was last drawn; the lists hold a value a day."""

    key: str
    name: str
    low: str
    high: str
    state: str
    because: str
    direction: int | None
    since: date | None
    size: float | None
    wing_share: float | None
    chance: float | None
    usual: float | None
    band: tuple[float, float] | None
    first_day: date
    drawn_to: date
    drawn_at: datetime
    method: str
    asked_until: date | None = None
    """Since when it is no longer asked; what was drawn until then stays."""
    raw: Sequence[float | None] = ()
    line: Sequence[float | None] = ()
    weather_from: date | None = None
    weather: Sequence[float | None] = ()
    taken: Sequence[Happened] = ()
    """When a meeting took a change as the usual, and who wrote it down."""

    @property
    def worth_talking_about(self) -> bool:
        asked = self.asked_until is None
        return asked and self.state == ChartState.TALK and self.direction is not None

    @property
    def long_ago(self) -> bool:
        """Nobody has written on it lately, so it shows the last days on which somebody did."""
        return self.because == LONG_AGO

    @property
    def turn(self) -> Direction | None:
        if not self.worth_talking_about:
            return None
        return "higher" if self.direction == 1 else "lower"


def taken_as_usual(who: str) -> str:
    """What stands on the chart on the day on which it began to go on from there."""
    return _("taken as usual, %(who)s") % {"who": who}


def own_usual(pronoun: str) -> str:
    return {"he": _("his usual"), "she": _("her usual")}.get(pronoun, _("their usual"))


def state_in_words(picture: ChannelPicture, pronoun: str) -> str:
    """As it continues the channel's name: "is lower than his usual"."""
    if picture.turn:
        words = {
            "higher": _("is higher than %(usual)s"),
            "lower": _("is lower than %(usual)s"),
        }[picture.turn]
        return words % {"usual": own_usual(pronoun)}
    if picture.asked_until:
        return _("no longer asked")
    if picture.long_ago:
        return _("nothing written lately")
    return {
        ChartState.BASELINE: _("baseline forming"),
        ChartState.NOT_SEPARABLE: _("not separable"),
        ChartState.HARD_TO_SEE: _("hard to see"),
    }.get(ChartState(picture.state), _("no lasting change seen"))


def sentence(picture: ChannelPicture, pronoun: str, *, today: date) -> str:
    """All that the chart says, read aloud and printed under it."""
    if picture.asked_until:
        return _("No longer asked since %(day)s. What was written until then stays.") % {
            "day": said_since(picture.asked_until, today)
        }
    if picture.long_ago:
        return _(
            "Nothing has been written on this since %(last)s, so it says nothing of today. It "
            "shows the days from %(first)s to %(last)s."
        ) % {"first": plain_date(picture.first_day), "last": plain_date(picture.drawn_to)}
    if picture.state == ChartState.BASELINE:
        return _forming(picture, pronoun)
    if picture.state == ChartState.NOT_SEPARABLE:
        return _not_separable(picture)
    if picture.state == ChartState.HARD_TO_SEE:
        return _hard_to_see(picture)
    taken_out = _("Officers’ habits and the wing’s days are taken out.")
    if not picture.worth_talking_about:
        return " ".join([_("No lasting change seen."), taken_out])
    change = _("Worth talking about: %(change)s") % {"change": _change(picture, pronoun, today)}
    return " ".join([change, taken_out, *_how_sure(picture)])


def in_full(picture: Changed, pronoun: str, *, today: date) -> Line:
    """A change away from the page of the person: since when, how large, what the wing has of
    it, and how often chance alone would do as much."""
    said = [_change(picture, pronoun, today), *_how_sure(picture)]
    return Line(f"{picture.name}: {' '.join(said)}", picture.turn)


def _how_sure(picture: Changed) -> list[str]:
    said = [wing_in_words(picture.size, picture.wing_share), _chance(picture.chance)]
    return [words for words in said if words]


def _change(picture: Changed, pronoun: str, today: date) -> str:
    values = {
        "steps": steps_in_words(abs(picture.size or 0)),
        "usual": own_usual(pronoun),
        "day": said_since(picture.since, today) if picture.since else "",
    }
    if picture.turn == "higher":
        if picture.since:
            return _("%(steps)s higher than %(usual)s since %(day)s.") % values
        return _("%(steps)s higher than %(usual)s.") % values
    if picture.since:
        return _("%(steps)s lower than %(usual)s since %(day)s.") % values
    return _("%(steps)s lower than %(usual)s.") % values


def wing_in_words(size: float | None, wing_share: float | None, *, brief: bool = False) -> str:
    """How much of a change of ``size`` steps the wing had too; nothing where it isn't known."""
    if not size or wing_share is None:
        return ""
    share = wing_share / size
    if share < LITTLE:
        return "" if brief else _("The wing explains little.")
    if share < SOME:
        return _("The wing explains some of it.")
    return _("The wing explains most of it.")


def steps_in_words(size: float) -> str:
    """To half a step: finer than that nobody can see on a landing."""
    halves = round(size * 2)
    return {
        0: _("less than half a step"),
        1: _("about half a step"),
        2: _("about one step"),
        3: _("about one and a half steps"),
        4: _("about two steps"),
    }.get(halves, _("more than two steps"))


def _chance(people: float | None) -> str:
    if people is None:
        return ""
    if people < 1:
        return _("Chance alone shows as much in fewer than 1 of 100 people over four months.")
    return _("Chance alone shows as much in %(people)s of 100 people over four months.") % {
        "people": f"{people:.0f}"
    }


def _forming(picture: ChannelPicture, pronoun: str) -> str:
    left = FORMING - (picture.drawn_to - picture.first_day).days
    usual = own_usual(pronoun)
    if left > 0:
        return ngettext(
            "%(usual)s is still forming; in about %(days)s day this chart can say more.",
            "%(usual)s is still forming; in about %(days)s days this chart can say more.",
            left,
        ) % {"usual": usual[:1].upper() + usual[1:], "days": left}
    return _("Too few days were written about so far to say what %(usual)s is.") % {"usual": usual}


def _not_separable(picture: ChannelPicture) -> str:
    """Why nothing can be told apart, and what we can do about it."""
    reasons: dict[str, str] = {
        Because.RATER_CHANGED: _(
            "Everyone who wrote changed at once, so a change in the person and a change of eyes "
            "look the same. A new usual forms over 30 days. It helps when somebody who wrote "
            "before writes again."
        ),
        Because.RATER_OF_ONE: _(
            "One colleague alone has written, and about nobody else, so their habit can’t be told "
            "from the person. It helps when a second colleague writes, too."
        ),
        Because.NOBODY_BESIDE: _(
            "Nobody else here was written about on the same days, so a day of the wing can’t be "
            "told from a day of the person. It helps to write about others here, too."
        ),
        Because.NO_VARIATION: _(
            "Every entry so far says the same step, so there is nothing to compare with. It helps "
            "to write small differences, too."
        ),
    }
    return reasons.get(picture.because) or _(
        "What was written can’t be told apart from who wrote it. It helps when several "
        "colleagues write."
    )


def _hard_to_see(picture: ChannelPicture) -> str:
    """That silence is no news here, and what we can do about it."""
    if picture.because == Because.AT_ONE_END:
        return _(
            "Most entries on this wing say the same end of the scale, so a change that way would "
            "not show. It helps to use the steps between."
        )
    return _(
        "Too little was written in the last 30 days: a lasting change of an ordinary size might "
        "not have shown. It helps to write on more days."
    )


def chart_of(
    picture: ChannelPicture,
    pronoun: str,
    *,
    today: date,
    happened: Sequence[Happened] = (),
    without_today: bool = False,
) -> Chart:
    """The picture, ready to be drawn; ``without_today`` while today's marks wait for one's own."""
    span = (picture.drawn_to - picture.first_day).days + 1
    known = span - 1 if without_today and picture.drawn_to >= today else span
    middle = picture.usual if picture.usual is not None else 3.0
    changes = []
    if picture.turn and picture.since:
        words = _("since about %(day)s") % {"day": said_since(picture.since, today)}
        changes.append(Change(max(_day(picture, picture.since), 0), words, picture.turn))
    return Chart(
        key=picture.key,
        title=picture.name,
        state=state_in_words(picture, pronoun),
        direction=picture.turn,
        sentence=sentence(picture, pronoun, today=today),
        first_day=picture.first_day,
        days=span,
        low_word=picture.low,
        high_word=picture.high,
        raw=list(enumerate(picture.raw[:known])),
        line=_joined(enumerate(picture.line[:known]), span),
        band=picture.band,
        # The wing is drawn around the person's own usual, so that moving together shows.
        unit=_joined(
            (
                (
                    _day(
                        picture, (picture.weather_from or picture.first_day) + timedelta(days=day)
                    ),
                    None if value is None else middle + value,
                )
                for day, value in enumerate(picture.weather)
            ),
            span,
        ),
        changes=changes,
        events=[
            Event(_day(picture, each.on), each.words)
            for each in sorted([*happened, *picture.taken], key=lambda each: each.on)[-MOST_EVENTS:]
            if 0 <= _day(picture, each.on) < span
        ],
        raw_word=_("as written"),
        line_word=_("habits and the wing’s days taken out"),
        band_word=own_usual(pronoun),
        unit_word=_("the wing"),
    )


def _day(picture: ChannelPicture, on: date) -> int:
    return (on - picture.first_day).days


def _joined(points: Iterable[Point], span: int) -> list[Point]:
    """Without the days on which nothing is known: the line goes on, the gaps show as dots."""
    return [(day, value) for day, value in points if value is not None and 0 <= day < span]


def locked_down(days: Collection[date]) -> list[Happened]:
    """Days of lock-down; those that follow one another are one event."""
    return [
        Happened(on, _("lock-down")) for on in sorted(days) if on - timedelta(days=1) not in days
    ]
