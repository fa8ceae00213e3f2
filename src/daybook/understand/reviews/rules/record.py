"""What the daily record can say, in words and small drawings. It describes the record.

No sentence here says what somebody is, means or will do, and none names who wrote.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from daybook.observe.reflections.rules.chart import steps_in_words
from daybook.observe.reflections.vocabulary import Setting
from daybook.ui.charts import Interval, apart

from ..vocabulary import Asked, Silent

SELDOM = 5.0
"""Of 100: as much as this, chance alone shows seldom."""
REACH = 2.0
"""Steps to either side that a drawing shows."""


@dataclass(frozen=True, slots=True)
class Wing:
    """The same question to the others of the wing: half of them lie between low and high."""

    people: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One question to one channel; `found` with its interval, or `silent`, why not."""

    channel: str
    asked: str
    setting: str
    silent: str
    found: Interval | None
    by_chance: float
    first: int
    second: int
    wing: Wing | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How good the record is."""

    since: date
    until: date
    entries: int
    two_touches: int
    days: int
    longest_gap: int
    observers: int
    settings: int
    one_value: dict[str, tuple[int, int]]
    """By name of channel: ratings of its commonest value, of how many."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer as it is read: a sentence, how sure it is, chance, the wing, a drawing."""

    channel: str
    sentence: str
    how_sure: str
    chance: str
    wing: str
    drawing: SafeString
    left: str
    right: str
    seldom: bool
    """Chance alone shows as much so seldom that it is read first."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers, and what nothing could be said of."""

    title: str
    innocent: str
    findings: list[Finding]
    silent: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that the daily record can say to a review."""

    quality: list[str]
    questions: list[Question]
    by_chance: str


def in_words(quality: Counted | None, answers: Sequence[Answer]) -> Record:
    """What a page shows; empty where nothing was read yet."""
    if quality is None:
        return Record([], [], "")
    questions = [_question(asked, answers) for asked in Asked]
    return Record(_quality(quality), questions, _how_many(answers))


def _quality(found: Counted) -> list[str]:
    if not found.entries:
        return [_("Nothing was written in the last half year.")]
    span = (found.until - found.since).days + 1
    said = [
        ngettext(
            "%(touches)d of %(entries)d entry was two touches: contact and as usual, nothing else.",
            "%(touches)d of %(entries)d entries were two touches: contact and as usual, nothing "
            "else.",
            found.entries,
        )
        % {"touches": found.two_touches, "entries": found.entries},
        _("Something was written on %(days)d of %(span)d days; the longest gap was %(gap)d days.")
        % {"days": found.days, "span": span, "gap": found.longest_gap},
        ngettext(
            "%(observers)d member of staff wrote, in %(settings)s.",
            "%(observers)d members of staff wrote, in %(settings)s.",
            found.observers,
        )
        % {
            "observers": found.observers,
            "settings": ngettext("%d setting", "%d settings", found.settings) % found.settings,
        },
    ]
    flat = [
        _("%(channel)s: %(same)d of %(of)d ratings are the same step.")
        % {"channel": channel, "same": same, "of": of}
        for channel, (same, of) in found.one_value.items()
        if 2 * same > of
    ]
    return said + flat


def _question(asked: Asked, answers: Iterable[Answer]) -> Question:
    mine = [each for each in answers if each.asked == asked]
    told = [_finding(each, each.found) for each in mine if each.found is not None]
    told.sort(key=lambda each: not each.seldom)
    return Question(str(asked.label), _innocent(asked), told, _silent(asked, mine))


def _innocent(asked: Asked) -> str:
    return {
        Asked.SETTINGS: _(
            "Places ask different things of people, and hold different people. Somebody may be "
            "afraid of others in one of them."
        ),
        Asked.OBSERVERS: _(
            "One officer may have a better relation, or see other hours. What several see alike "
            "may be what they told each other."
        ),
        Asked.BEFORE: _(
            "Hope, fear, advice and sleepless nights come before a hearing. Some people are at "
            "their best then, and some at their worst."
        ),
    }[asked]


def _silent(asked: Asked, answers: Iterable[Answer]) -> str:
    """Channels of which nothing can be said; of a setting where nobody writes there is no word."""
    channels: dict[str, list[str]] = {}
    for each in answers:
        if each.silent and asked != Asked.SETTINGS:
            channels.setdefault(each.silent, []).append(each.channel)
    return " ".join(
        _("%(channels)s: nothing can be said; %(because)s.")
        % {"channels": ", ".join(names), "because": Silent(because).label}
        for because, names in channels.items()
    )


def _finding(answer: Answer, found: Interval) -> Finding:
    sentence, how_sure = _sentence(answer, found), _how_sure(answer, found)
    left, right = pgettext("of two views", "lower"), pgettext("of two views", "higher")
    if answer.asked == Asked.OBSERVERS:
        left, right = "", pgettext("of those who write", "apart")
    return Finding(
        channel=answer.channel,
        sentence=sentence,
        how_sure=how_sure,
        chance=_("Chance alone would show as much in %(times)s of 100.")
        % {"times": _of_a_hundred(answer.by_chance)},
        wing=_wing(answer),
        drawing=apart(found, reach=REACH, label=f"{sentence} {how_sure}"),
        left=left,
        right=right,
        seldom=answer.by_chance <= SELDOM,
    )


def _sentence(answer: Answer, found: Interval) -> str:
    said = {"channel": answer.channel, "steps": steps_in_words(abs(found.value))}
    seldom = answer.by_chance <= SELDOM
    if answer.asked == Asked.OBSERVERS:
        if seldom:
            return (
                _(
                    "%(channel)s: those who write lie %(steps)s apart, beyond how each of them "
                    "writes of everybody."
                )
                % said
            )
        return _("%(channel)s: those who write lie no further apart than chance explains.") % said
    if answer.asked == Asked.SETTINGS:
        said["where"] = capfirst(str(Setting(answer.setting).label))
    else:
        said["where"] = _("In the two weeks before a hearing or review")
    if not seldom:
        return _("%(channel)s. %(where)s: no difference that chance could not make as well.") % said
    if found.value > 0:
        return _("%(channel)s. %(where)s: %(steps)s higher in the record.") % said
    return _("%(channel)s. %(where)s: %(steps)s lower in the record.") % said


def _how_sure(answer: Answer, found: Interval) -> str:
    said = {
        "first": answer.first,
        "second": answer.second,
        "low": _signed(found.low),
        "high": _signed(found.high),
    }
    if answer.asked == Asked.OBSERVERS:
        return _(
            "%(first)d who wrote, %(second)d ratings. The distance lies between %(low)s and "
            "%(high)s steps; of 100 such sentences, 95 are right."
        ) % (said | {"low": _steps(found.low), "high": _steps(found.high)})
    return (
        _(
            "%(first)d ratings beside %(second)d. The difference lies between %(low)s and %(high)s "
            "steps; of 100 such sentences, 95 are right."
        )
        % said
    )


def _wing(answer: Answer) -> str:
    wing = answer.wing
    if wing is None:
        return _("On the wing, too few others have such a record to say what is usual.")
    in_words = _steps if answer.asked == Asked.OBSERVERS else _signed
    return _(
        "The same for %(people)d others of the wing: half lie between %(low)s and %(high)s steps, "
        "around %(middle)s."
    ) % {
        "people": wing.people,
        "low": in_words(wing.low),
        "middle": in_words(wing.middle),
        "high": in_words(wing.high),
    }


def _how_many(answers: Iterable[Answer]) -> str:
    asked = sum(each.found is not None for each in answers)
    if asked < 2:
        return ""
    return _(
        "%(asked)d questions were answered. Where nothing is so, about one in twenty still reads "
        "“in fewer than 5 of 100”: a single one decides nothing."
    ) % {"asked": asked}


def _of_a_hundred(by_chance: float) -> str:
    if by_chance < 1:
        return pgettext("how often of 100", "fewer than 1")
    return number_format(by_chance, 0)


def _steps(steps: float) -> str:
    return number_format(round(steps, 1), 1)


def _signed(steps: float) -> str:
    rounded = round(steps, 1)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    return f"{sign}{number_format(abs(rounded), 1)}"
