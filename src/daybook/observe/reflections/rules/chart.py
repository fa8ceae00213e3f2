"""What one chart says, in words a team can use: since when, how much, and how sure.

"As usual" is never among them: that is only ever an officer's word.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.signals.answers import Because
from daybook.ui.charts import Change, Chart, Event, Point
from daybook.ui.parts import Direction
from daybook.ui.words import since as said_since

from ..vocabulary import ChartState
from .board import wing_in_words

FORMING = 30
"""Days until a chart may speak."""
MOST_EVENTS = 8


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
    raw: Sequence[float | None] = ()
    line: Sequence[float | None] = ()
    weather_from: date | None = None
    weather: Sequence[float | None] = ()

    @property
    def worth_talking_about(self) -> bool:
        return self.state == ChartState.TALK and self.direction is not None

    @property
    def turn(self) -> Direction | None:
        if not self.worth_talking_about:
            return None
        return "higher" if self.direction == 1 else "lower"


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that may explain a change: a move, a lock-down, a visit called off."""

    on: date
    words: str


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
    return {
        ChartState.BASELINE: _("baseline forming"),
        ChartState.NOT_SEPARABLE: _("not separable"),
    }.get(ChartState(picture.state), _("no lasting change seen"))


def sentence(picture: ChannelPicture, pronoun: str, *, today: date) -> str:
    """All that the chart says, read aloud and printed under it."""
    if picture.state == ChartState.BASELINE:
        return _forming(picture, pronoun)
    if picture.state == ChartState.NOT_SEPARABLE:
        return _not_separable(picture)
    taken_out = _("Officers’ habits and the wing’s days are taken out.")
    if not picture.worth_talking_about:
        return " ".join([_("No lasting change seen."), taken_out])
    said = [_change(picture, pronoun, today), taken_out]
    said.append(wing_in_words(picture.size, picture.wing_share))
    said.append(_chance(picture.chance))
    return " ".join(filter(None, said))


def _change(picture: ChannelPicture, pronoun: str, today: date) -> str:
    values = {
        "steps": steps_in_words(abs(picture.size or 0)),
        "usual": own_usual(pronoun),
        "day": said_since(picture.since, today) if picture.since else "",
    }
    if picture.turn == "higher":
        if picture.since:
            return _("Worth talking about: %(steps)s higher than %(usual)s since %(day)s.") % values
        return _("Worth talking about: %(steps)s higher than %(usual)s.") % values
    if picture.since:
        return _("Worth talking about: %(steps)s lower than %(usual)s since %(day)s.") % values
    return _("Worth talking about: %(steps)s lower than %(usual)s.") % values


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
        Because.NO_VARIATION: _(
            "Every entry so far says the same step, so there is nothing to compare with. It helps "
            "to write small differences, too."
        ),
    }
    return reasons.get(picture.because) or _(
        "What was written can’t be told apart from who wrote it. It helps when several "
        "colleagues write."
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
        line=_joined(enumerate(picture.line[:known])),
        band=picture.band,
        # The wing is drawn around the person's own usual, so that moving together shows.
        unit=_joined(
            (
                _day(picture, (picture.weather_from or picture.first_day) + timedelta(days=day)),
                None if value is None else middle + value,
            )
            for day, value in enumerate(picture.weather)
        ),
        changes=changes,
        events=[
            Event(_day(picture, each.on), each.words)
            for each in sorted(happened, key=lambda each: each.on)[-MOST_EVENTS:]
            if 0 <= _day(picture, each.on) < span
        ],
        raw_word=_("as written"),
        line_word=_("habits and the wing’s days taken out"),
        band_word=own_usual(pronoun),
        unit_word=_("the wing"),
    )


def _day(picture: ChannelPicture, on: date) -> int:
    return (on - picture.first_day).days


def _joined(points: Iterable[Point]) -> list[Point]:
    """Without the days on which nothing is known: the line goes on, the gaps show as dots."""
    return [(day, value) for day, value in points if value is not None and day >= 0]


def locked_down(days: Collection[date]) -> list[Happened]:
    """Days of lock-down; those that follow one another are one event."""
    return [
        Happened(on, _("lock-down")) for on in sorted(days) if on - timedelta(days=1) not in days
    ]
