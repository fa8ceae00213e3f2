"""One person by one instrument, over time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.http import Http404

from daybook.foundation.access.viewer import Viewer
from daybook.understand.instruments.definition import Domain, Instrument

from ..models import Account, SheetAnswer, Talk
from ..rules.change import Answered, Reliability, Then, then_and_now
from ..rules.reliability import from_pairs
from ..vocabulary import Course as Since
from .lines import Line, of


@dataclass(frozen=True, slots=True)
class Course:
    """Every closed assessment by an instrument, and what became of each item."""

    instrument: Instrument
    lines: tuple[Line, ...]
    """The oldest first."""
    items: tuple[Then, ...]
    told: tuple[tuple[Domain, tuple[tuple[date, str, str], ...]], ...]
    """Of a tool kept elsewhere: each domain with day, account, and how it was since the last use,
    the newest first."""


def course(person_id: int, instrument: str, *, viewer: Viewer) -> Course:
    """404 where nothing by this instrument was closed."""
    lines = [
        line
        for line in of(person_id, viewer=viewer)
        if line.closed_at and line.instrument.key == instrument
    ][::-1]
    if not lines:
        raise Http404
    newest = lines[-1].instrument
    answers = _answers(lines)
    items = tuple(then_and_now(newest, answers, known(lines[-1])))
    return Course(newest, tuple(lines), items, _told(newest, lines))


def _told(
    instrument: Instrument, lines: list[Line]
) -> tuple[tuple[Domain, tuple[tuple[date, str, str], ...]], ...]:
    if not instrument.referenced:
        return ()
    rows = Account.objects.filter(sheet__assessment_id__in=[line.key for line in lines]).order_by(
        "-sheet__signed_at"
    )
    found: defaultdict[str, list[tuple[date, str, str]]] = defaultdict(list)
    for domain, signed_at, words, since in rows.values_list(
        "domain", "sheet__signed_at", "words", "course"
    ):
        found[domain].append((signed_at.date(), words, str(Since(since).label)))
    return tuple((each, tuple(found[each.key])) for each in instrument.domains)


def known(line: Line) -> dict[str, Reliability]:
    """How alike colleagues answer each item of this version, where enough pairs are there."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.answered_twice(%s)", [line.definition_id])
        rows = cursor.fetchall()
    return from_pairs(line.instrument, rows)


def _answers(lines: list[Line]) -> dict[str, list[Answered]]:
    """What was found each time: agreed in the talk, or as the sheets have it."""
    keys = [line.key for line in lines]
    sheets: defaultdict[tuple[object, str], list[str]] = defaultdict(list)
    for assessment, item, answer in SheetAnswer.objects.filter(
        sheet__assessment_id__in=keys
    ).values_list("sheet__assessment_id", "item", "answer"):
        sheets[assessment, item].append(answer)
    for assessment, item, answer in (
        Talk.objects.filter(assessment_id__in=keys)
        .order_by("written_at", "id")
        .values_list("assessment_id", "item", "answer")
    ):
        if answer:
            sheets[assessment, item] = [answer]
    found: defaultdict[str, list[Answered]] = defaultdict(list)
    for line in lines:
        assert line.closed_at is not None
        for asked in line.instrument.items():
            if given := sheets.get((line.key, asked.key)):
                labels = [each.label for key in given if (each := asked.answer(key))]
                found[asked.key].append(
                    Answered(line.closed_at.date(), tuple(given), tuple(labels), asked)
                )
    return found
