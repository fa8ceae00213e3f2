"""The board of the five kinds of context; whom the desk may ask; what one is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.http import Http404

from daybook.foundation.access.scope import as_author
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import people_with
from daybook.foundation.staff.models import short_name
from daybook.ui.words import isolated

from ..models import Account, Asking
from ..vocabulary import Context, Reply
from .reach import INFORMATION


@dataclass(frozen=True, slots=True)
class Colleague:
    id: int
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Given:
    """One account as it stands beside a concern."""

    key: UUID
    kind: str
    words: str
    who: str
    told_by: str
    written_at: datetime
    chaplain: bool
    agency: str
    origin: int = 0
    goes_back: bool = False
    """Where it goes back to was said."""
    """Which origin it goes back to; the same number is the same origin."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on the board: of whom, since when, and what came of it."""

    question: str
    who: str
    written_at: datetime
    reply: str


@dataclass(frozen=True, slots=True)
class Place:
    """One kind of context on the board: given, asked and awaited, asked and not given, or not
    asked at all."""

    kind: str
    label: str
    given: tuple[Given, ...]
    awaited: tuple[Asked, ...]
    not_given: tuple[Asked, ...]
    reflections: int = 0

    @property
    def empty(self) -> bool:
        return not (self.given or self.awaited or self.not_given or self.reflections)


@dataclass(frozen=True, slots=True)
class ToMe:
    """A question to the viewer. It tells nothing of the report behind it."""

    key: UUID
    concern: UUID
    person_id: int
    about: str
    kind: str
    label: str
    question: str
    by: str
    written_by: int
    written_at: datetime
    reply: str


def board(
    concern: UUID, *, viewer: Viewer, origins: dict[UUID, int], reflections: int
) -> list[Place]:
    """The five kinds beside one concern that the viewer sees."""
    given = [
        Given(
            row.id,
            row.kind,
            row.words,
            _who(row),
            row.told_by,
            row.written_at,
            row.chaplain,
            row.agency,
            origins.get(row.id, 0),
            bool(row.goes_back_to_id or row.goes_back_to_report_id),
        )
        for row in Account.objects.filter(concern_id=concern, withdrawn_at__isnull=True)
        .select_related("written_by")
        .order_by("written_at", "id")
    ]
    asked = list(
        Asking.objects.filter(concern_id=concern).select_related("asked").order_by("written_at")
    )
    return [
        Place(
            kind,
            str(label),
            tuple(each for each in given if each.kind == kind),
            tuple(_asked(row) for row in asked if row.kind == kind and not row.reply),
            tuple(
                _asked(row)
                for row in asked
                if row.kind == kind and row.reply in (Reply.NOTHING, Reply.DECLINED)
            ),
            reflections if kind == Context.CLOSE else 0,
        )
        for kind, label in Context.choices
    ]


def offered(*, viewer: Viewer, person_id: int | None = None) -> list[tuple[int, Given]]:
    """Accounts that nobody asked for and that lie beside no concern yet: for the desk."""
    rows = Account.objects.filter(concern__isnull=True, withdrawn_at__isnull=True)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    found = list(rows.select_related("written_by").order_by("written_at")[:50])
    viewer.asks(INFORMATION)
    viewer.saw("accounts that were offered", [row.person_id for row in found])
    return [
        (
            row.person_id,
            Given(row.id, row.kind, row.words, _who(row), row.told_by, row.written_at,
                  row.chaplain, row.agency),
        )
        for row in found
    ]  # fmt: skip


def to_be_asked(person_id: int, *, viewer: Viewer) -> list[Colleague]:
    """Whom the desk may ask about somebody: those who work with them, and never a chaplain."""
    return _colleagues("select * from daybook.to_be_asked(%s)", person_id)


def my_askings(*, viewer: Viewer) -> list[ToMe]:
    """What the desk asks the viewer: what waits first."""
    with as_author(viewer):
        rows = list(
            Asking.objects.filter(asked_id=viewer.staff_id)
            .select_related("written_by")
            .order_by("-written_at")[:50]
        )
    return sorted(_to_me(rows, viewer), key=lambda each: bool(each.reply))


def asked_of_me(asking: UUID, *, viewer: Viewer) -> ToMe:
    """One question to the viewer, or 404."""
    with as_author(viewer):
        rows = list(
            Asking.objects.filter(id=asking, asked_id=viewer.staff_id).select_related("written_by")
        )
    if not rows:
        raise Http404
    return _to_me(rows, viewer)[0]


def _to_me(rows: Iterable[Asking], viewer: Viewer) -> list[ToMe]:
    rows = list(rows)
    names = people_with([row.person_id for row in rows], viewer=viewer)
    viewer.saw("questions of the desk", [row.person_id for row in rows])
    return [
        ToMe(
            row.id,
            row.concern_id,
            row.person_id,
            names[row.person_id].name if row.person_id in names else "",
            row.kind,
            str(Context(row.kind).label),
            row.question,
            row.written_by.short_name,
            row.written_by_id,
            row.written_at,
            row.reply,
        )
        for row in rows
    ]


def _colleagues(question: str, person_id: int) -> list[Colleague]:
    with connection.cursor() as cursor:
        cursor.execute(question, [person_id])
        return [
            Colleague(key, isolated(given, family), post)
            for key, given, family, post in cursor.fetchall()
        ]


def _who(row: Account) -> str:
    who = row.written_by
    return who.post or short_name(who.given_name, who.family_name)


def _asked(row: Asking) -> Asked:
    who = row.asked
    name = short_name(who.given_name, who.family_name)
    reply = str(Reply(row.reply).label) if row.reply else ""
    return Asked(row.question, who.post or name, row.written_at, reply)
