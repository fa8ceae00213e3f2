"""Questions to outside services and from them: how long one waits, and how that is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ..vocabulary import Way

USUAL_WAIT = timedelta(days=14)
LONGEST_WAIT = timedelta(days=183)
"""An answer that may come later than this is no answer to a question of today."""
TOLD_AFTER = timedelta(days=30)
"""Whoever leads hears of a question of ours that has waited longer than this."""
LOOKED_BACK = timedelta(days=365)
ANSWERED_LATELY = timedelta(days=30)
LONGEST_ANSWER = 2400
"""Letters of an answer: with its conditions it can be laid beside a concern in one piece."""
LONGEST_CONDITIONS = 500


class Standing(StrEnum):
    """Where a question stands. It is answered once, and then nothing about it waits."""

    WAITS = "waits"
    DUE = "due"
    """Its day has come."""
    LATE = "late"
    ANSWERED = "answered"


def standing(due_on: date, *, answered: bool, today: date) -> Standing:
    if answered:
        return Standing.ANSWERED
    if today < due_on:
        return Standing.WAITS
    return Standing.DUE if today == due_on else Standing.LATE


def problem_with_due(due_on: date, *, today: date) -> str:
    """What is wrong with the day an answer is expected by, or nothing."""
    if due_on < today:
        return _("That day has passed. Choose today or a later day.")
    if due_on > today + LONGEST_WAIT:
        return _("That is more than half a year away. Choose an earlier day.")
    return ""


def age_in_words(way: str, asked_on: date, due_on: date, *, today: date) -> str:
    """ "asked 23 days ago, expected 9 days ago"."""
    ours = Way(way) is Way.OUT
    return _("{asked}, {due}").format(
        asked=_ago((today - asked_on).days, ours=ours), due=_expected((due_on - today).days)
    )


def _ago(days: int, *, ours: bool) -> str:
    if days <= 0:
        return _("asked today") if ours else _("they asked today")
    if days == 1:
        return _("asked yesterday") if ours else _("they asked yesterday")
    said = (
        ngettext("asked %(n)d day ago", "asked %(n)d days ago", days)
        if ours
        else ngettext("they asked %(n)d day ago", "they asked %(n)d days ago", days)
    )
    return said % {"n": days}


def _expected(ahead: int) -> str:
    near = {
        -1: _("expected yesterday"),
        0: _("expected today"),
        1: _("expected tomorrow"),
    }
    if ahead in near:
        return near[ahead]
    if ahead < 0:
        return ngettext(
            "expected %(n)d day ago", "expected %(n)d days ago", -ahead
        ) % {"n": -ahead}  # fmt: skip
    return ngettext("expected in %(n)d day", "expected in %(n)d days", ahead) % {"n": ahead}


# ---- What was asked and never answered, about nobody ----


@dataclass(frozen=True, slots=True)
class Unanswered:
    """One question that waits: of which service, since when. Nothing of whom or of what."""

    way: str
    agency: str
    asked_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Service:
    """What waits between us and one service."""

    agency: str
    waits: int
    late: int
    long: int
    """Older than ``TOLD_AFTER``."""
    oldest_on: date


def by_service(found: Iterable[Unanswered], way: Way, *, today: date) -> list[Service]:
    """One line a service, the longest wait first. However it is spelled, it is one service."""
    apart: dict[str, list[Unanswered]] = {}
    for each in found:
        if each.way == way:
            apart.setdefault(" ".join(each.agency.split()).casefold(), []).append(each)
    lines = [
        Service(
            agency=min(each.agency for each in there),
            waits=len(there),
            late=sum(each.due_on < today for each in there),
            long=sum(each.asked_on < today - TOLD_AFTER for each in there),
            oldest_on=min(each.asked_on for each in there),
        )
        for there in apart.values()
    ]
    return sorted(lines, key=lambda line: (line.oldest_on, line.agency))


def counts_in_words(lines: Iterable[Service], way: Way) -> str:
    """A sentence of counts, for who leads."""
    there = list(lines)
    waits, late = sum(line.waits for line in there), sum(line.late for line in there)
    if not waits:
        return (
            _("Every question that we asked in the last year has an answer.")
            if way is Way.OUT
            else _("Every question that we were asked in the last year has an answer.")
        )
    said = (
        ngettext(
            "%(n)d question that we asked has no answer yet",
            "%(n)d questions that we asked have no answer yet",
            waits,
        )
        if way is Way.OUT
        else ngettext(
            "%(n)d question that we were asked has no answer yet",
            "%(n)d questions that we were asked have no answer yet",
            waits,
        )
    ) % {"n": waits}
    if not late:
        return _("{waits}; none is past its day.").format(waits=said)
    overdue = ngettext(
        "%(n)d is past its day", "%(n)d are past their day", late
    ) % {"n": late}  # fmt: skip
    return pgettext("counts of questions", "{waits}; {late}.").format(waits=said, late=overdue)


# ---- Laying an answer beside a concern ----


def account_in_words(answer: str, conditions: str) -> str:
    """An answer as it stands beside a concern: its conditions go with it."""
    if not conditions:
        return answer
    return _("{answer}\n\nOn condition: {conditions}").format(answer=answer, conditions=conditions)
