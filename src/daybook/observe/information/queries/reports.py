"""One's own reports and accounts, and what came of them: nobody browses anybody else's here."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import as_author, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.cases.queries import my_cases
from daybook.foundation.people.queries import people_with
from daybook.observe.reflections.models import Reflection

from ..models import Account, Report
from ..rules.telling import became_in_words
from ..vocabulary import Behaviour, Context, Ended, Ordinary, Sure
from .reach import INFORMATION, may_report

LATEST, LATELY = 50, 10


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own report, and how far it came."""

    key: UUID
    about: str
    behaviour: str
    fact: str
    assessment: str
    sure: str
    ordinary: str
    ordinary_words: str
    happened_on: date
    place: str
    written_at: datetime
    became: str


@dataclass(frozen=True, slots=True)
class MyAccount:
    key: UUID
    about: str
    kind: str
    words: str
    written_at: datetime
    laid: bool
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Lately:
    """A reflection that may be laid beside a report."""

    key: UUID
    day: date
    words: str


def my_reports(*, viewer: Viewer) -> list[Mine]:
    """What the viewer reported, latest first, and what became of each."""
    if not may_report(viewer):
        return []
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.what_became_of_mine()")
        became = {row[0]: row[1:] for row in cursor.fetchall()}
    with as_author(viewer):
        rows = list(Report.objects.order_by("-written_at", "-id")[:LATEST])
    names = _names([row.person_id for row in rows], viewer)
    viewer.asks(INFORMATION)
    viewer.saw("information, one’s own", [row.person_id for row in rows])
    return [
        Mine(
            key=row.id,
            about=names.get(row.person_id, ""),
            behaviour=str(Behaviour(row.behaviour).label),
            fact=row.fact,
            assessment=row.assessment,
            sure=str(Sure(row.sure).label),
            ordinary=str(Ordinary(row.ordinary).label),
            ordinary_words=row.ordinary_words,
            happened_on=row.happened_on,
            place=row.place,
            written_at=row.written_at,
            became=_became(became.get(row.id)),
        )
        for row in rows
    ]


def my_accounts(*, viewer: Viewer) -> list[MyAccount]:
    """What the viewer said as context, latest first; also what they took back."""
    with as_author(viewer):
        rows = list(
            Account.objects.filter(written_by_id=viewer.staff_id).order_by("-written_at", "-id")[
                :LATEST
            ]
        )
    names = _names([row.person_id for row in rows], viewer)
    viewer.saw("accounts, one’s own", [row.person_id for row in rows])
    return [
        MyAccount(
            row.id,
            names.get(row.person_id, ""),
            str(Context(row.kind).label),
            row.words,
            row.written_at,
            row.concern_id is not None,
            row.withdrawn_at,
        )
        for row in rows
    ]


def to_lay_beside(person_id: int, *, viewer: Viewer) -> list[Lately]:
    """Reflections on somebody that the viewer may lay beside a report: their own of late; and
    anybody's, for whoever leads a case of the person's."""
    standing = Reflection.objects.filter(
        person_id=person_id, withdrawn_at__isnull=True, struck_at__isnull=True
    ).exclude(seen_heard="")
    if any(
        case.led_by_viewer and case.person_id == person_id and case.closed_at is None
        for case in my_cases(viewer=viewer)
    ):
        found = _lately(scope(standing, viewer=viewer, compartment=Compartment.WING))
    else:
        with as_author(viewer):
            found = _lately(standing.filter(author_id=viewer.staff_id))
    viewer.saw("reflections", [person_id] if found else [])
    return found


def _lately(rows: QuerySet[Reflection]) -> list[Lately]:
    latest = rows.order_by("-saved_at", "-id").values_list("id", "day", "seen_heard")
    return [Lately(*row) for row in latest[:LATELY]]


def _names(people: list[int], viewer: Viewer) -> dict[int, str]:
    return {key: line.name for key, line in people_with(people, viewer=viewer).items()}


def _became(row: tuple[datetime | None, str, bool, bool] | None) -> str:
    if row is None:
        return became_in_words("", graded=False, confirmed=False)
    _ended_at, how, graded, confirmed = row
    label = str(Ended(how).label) if how else ""
    return became_in_words(label, graded=graded, confirmed=confirmed)
