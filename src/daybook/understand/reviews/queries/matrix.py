"""The open matrix: read into arrays, weighed, and told in words."""

import json
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.foundation.access.viewer import Viewer

from ..models import Evidence, HypothesisTest, Note
from ..rules.matrix import BLANK, Weighed, weigh
from ..vocabulary import STEPS, Mark
from .closing import Closed
from .items import Item, as_items
from .paging import Page, paged
from .review import ReviewFile, Told

ON_A_PAGE = 50
SHOWN = 6
"""Items on which the picture hangs, in words; of the others it is said how many."""
STEP = {mark.value: step for mark, step in STEPS.items()}


@dataclass(frozen=True, slots=True)
class Answer:
    """How one explanation stands, in words."""

    told: Told
    contradicting: int
    words: str
    testable: bool
    may_close: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell: how the team reads an item beside an explanation."""

    explanation: UUID
    name: str
    words: str
    reads: str
    """“against”, “fits”, “split”, “neither” or “blank”."""
    differ: bool
    counts: str
    noted: bool


@dataclass(frozen=True, slots=True)
class Line:
    item: Item
    readings: list[Reading]
    decides: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    answers: list[Answer]
    hangs_on: list[str]
    more_hinges: int
    """On how many more the picture hangs: not shown here, or not read by the viewer."""
    unseen: int
    """Items that count here and stand on information the viewer doesn't read."""
    decides_nothing: int
    differing: int
    page: Page[Line]

    @property
    def may_close(self) -> list[Told]:
        return [each.told for each in self.answers if each.may_close]


@dataclass(frozen=True, slots=True)
class _Read:
    """Arrays behind a matrix: items in their order, and what each was marked."""

    keys: list[UUID]
    seen: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    origins: list[int]
    marks: "np.ndarray[tuple[int, int, int], np.dtype[np.int8]]"
    weighed: Weighed


def weighed_for(file: ReviewFile) -> Weighed:
    """What the marks come to, without a word of any item."""
    return _read(file).weighed


def matrix_of(file: ReviewFile, *, viewer: Viewer, at: str, ended: Closed | None = None) -> Matrix:
    """The matrix, items that tell explanations apart first: seven questions, however many items.

    ``ended``: how the review was closed, which stays as it was said whatever records end later.
    """
    read = _read(file)
    weighed = read.weighed
    order = np.argsort(~weighed.decides, kind="stable")
    order = order[read.seen[order]].tolist()
    page = paged(order, ON_A_PAGE, at)
    keys = [read.keys[each] for each in page.rows]
    rows = {row.id: row for row in Evidence.objects.filter(id__in=keys)}
    items = as_items([rows[key] for key in keys], file.key, viewer=viewer)
    noted = set(
        Note.objects.filter(review_id=file.key, evidence_id__in=keys).values_list(
            "evidence_id", "hypothesis_id"
        )
    )
    lines = [
        Line(item, _readings(read, number, file, noted, item.key), bool(weighed.decides[number]))
        for number, item in zip(page.rows, items, strict=True)
    ]
    hinges, more = _hinges(read)
    return Matrix(
        answers=answers(file, weighed, ended),
        hangs_on=hinges,
        more_hinges=more,
        unseen=int((~read.seen).sum()),
        decides_nothing=int((~weighed.decides & read.seen).sum()),
        differing=int(weighed.differ[read.seen].sum()),
        page=page.of(lines),
    )


def answers(file: ReviewFile, weighed: Weighed, ended: Closed | None = None) -> list[Answer]:
    """Explanations, the least contradicted first; “not enough known” stands last, always open."""
    least = {told.slug for told in ended.least} if ended else set(weighed.may_close)
    found = []
    for at in weighed.order():
        told, count = file.rated[at], int(weighed.contradicting[at])
        testable = bool(weighed.testable[at])
        found.append(
            Answer(
                told, count, _in_words(count, testable, bool(weighed.shown[at])), testable,
                told.slug in least,
            )
        )  # fmt: skip
    return found


def _in_words(count: int, testable: bool, shown: bool) -> str:
    if not testable:
        return _("Cannot be tested with what we have.")
    said = (
        ngettext("%(n)d origin speaks against it.", "%(n)d origins speak against it.", count)
        % {"n": count}
        if count
        else _("Nothing speaks against it, and something could have.")
    )
    if not shown:
        return f"{said} " + _(
            "Closes only with evidence for it from two origins that can be looked up, one of them "
            "confirmed information. Good behaviour is none."
        )
    return said


def _read(file: ReviewFile) -> _Read:
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.matrix_items(%s)", [file.key])
        rows = cursor.fetchall()
    place = {key: at for at, (key, *_rest) in enumerate(rows)}
    explanations = file.rated
    column = {told.slug: at for at, told in enumerate(explanations)}
    number: dict[str, int] = {}
    origins = [number.setdefault(origin, len(number)) for _key, origin, *_rest in rows]
    hypothesis = {told.key: at for at, told in enumerate(explanations)}
    tests = HypothesisTest.objects.filter(review_id=file.key, dropped_at__isnull=True)
    marks = _marks(file.key, place, column)
    weighed = weigh(
        marks,
        explanations=list(column),
        origins=origins,
        hidden=[told.hidden for told in explanations],
        stands=[not ended for *_rest, ended, _seen in rows],
        records=[kind for _key, _origin, kind, *_rest in rows],
        tests=[
            (place[item], hypothesis[told])
            for item, told in tests.values_list("evidence_id", "hypothesis_id")
            if item in place and told in hypothesis
        ],
    )
    seen = np.array([seen for *_rest, seen in rows], dtype=bool)
    return _Read(list(place), seen, origins, marks, weighed)


def _marks(
    review: UUID, place: dict[UUID, int], column: dict[str, int]
) -> "np.ndarray[tuple[int, int, int], np.dtype[np.int8]]":
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.matrix_marks(%s)", [review])
        rows = cursor.fetchall()
    members = max((row[0] for row in rows), default=0)
    marks = np.full((members, len(place), len(column)), BLANK, dtype=np.int8)
    for member, item, said in rows:
        if (at := place.get(item)) is not None:
            for slug, word in json.loads(said).items():
                if slug in column:
                    marks[member - 1, at, column[slug]] = STEP[word]
    return marks


def _readings(
    read: _Read, number: int, file: ReviewFile, noted: set[tuple[UUID, UUID]], item: UUID
) -> list[Reading]:
    weighed = read.weighed
    found = []
    for at, told in enumerate(file.rated):
        given = [int(step) for step in read.marks[:, number, at] if step != BLANK]
        against, fits = sum(step < 0 for step in given), sum(step == 1 for step in given)
        if weighed.against[number, at]:
            reads, words = "against", _("speaks against it")
        elif weighed.fits[number, at]:
            reads, words = "fits", _("fits")
        elif not given:
            reads, words = "blank", _("nobody marked it")
        elif against and fits:
            reads, words = "split", _("some say fits, some against")
        else:
            reads, words = "neither", _("says nothing either way")
        counts = _("%(against)d against, %(fits)d fits, %(of)d marked it") % {
            "against": against, "fits": fits, "of": len(given),
        }  # fmt: skip
        found.append(
            Reading(
                told.key, told.words, words, reads, bool(weighed.differ[number, at]), counts,
                (item, told.key) in noted,
            )
        )  # fmt: skip
    return found


def _hinges(read: _Read) -> tuple[list[str], int]:
    """The items without whose origin the answer would be another, a few of them in words; and of
    how many more that is true."""
    wanted = set(read.weighed.hangs_on)
    at = [number for number, origin in enumerate(read.origins) if origin in wanted]
    keys = [read.keys[number] for number in at if read.seen[number]][:SHOWN]
    rows = Evidence.objects.filter(id__in=keys).order_by("written_at", "id")
    return list(rows.values_list("words", flat=True)), len(at) - len(keys)


@dataclass(frozen=True, slots=True)
class Said:
    """One member’s mark of a cell, once it is open; and what the team said to it."""

    name: str
    role: str
    mark: str


def cell_marks(file: ReviewFile, evidence: UUID, slug: str) -> list[Said]:
    """Who marked a cell how. Only ever asked of an open matrix: before, there is no row to see."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select member_id, marks ->> %s from reviews_membermarks"
            " where review_id = %s and evidence_id = %s",
            [slug, file.key, evidence],
        )
        marked = dict(cursor.fetchall())
    return [
        Said(each.name, each.role, str(Mark(word).label))
        for each in file.parts
        if each.finished and (word := marked.get(each.key))
    ]
