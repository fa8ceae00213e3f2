"""What may be laid on the board: the person’s reflections that stand, and what is confirmed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.observe.information.queries.citable import citable
from daybook.observe.reflections.models import Reflection
from daybook.observe.reflections.vocabulary import Setting
from daybook.understand.assessments.models import Closing

from ..models import Evidence
from ..vocabulary import RecordKind
from .items import standing
from .paging import Page, paged
from .reach import CASEWORK
from .review import ReviewFile

ON_A_PAGE = 25
LISTED_ORIGINS = 40


@dataclass(frozen=True, slots=True)
class Offered:
    """A record that may be laid: its fact, and when."""

    kind: str
    key: UUID
    words: str
    own_words: str
    on: date | None
    where: str
    laid: bool


def reflections_to_lay(file: ReviewFile, *, viewer: Viewer, at: str) -> Page[Offered]:
    """Reflections that say something seen or heard, the newest first; for whoever reads them."""
    rows = _reflections(file.person_id, viewer).annotate(laid=_laid(file.key))
    page = paged(rows.order_by("-day", "-saved_at"), ON_A_PAGE, at)
    return page.of([_offered(row) for row in page.rows])


def information_to_lay(file: ReviewFile, *, viewer: Viewer) -> list[Offered]:
    """What is confirmed about the person, for whoever may read it; nothing else is here."""
    if not viewer.may(Right.READ, Compartment.INFORMATION):
        return []
    laid = set(standing(file.key).values_list("record", flat=True))
    return [
        Offered(
            RecordKind.INFORMATION.value, each.key, each.behaviour, "", None,
            _("weighed: {what}").format(what=each.weighed), each.key in laid,
        )
        for each in citable(viewer=viewer, people=[file.person_id])
    ]  # fmt: skip


def assessments_to_lay(file: ReviewFile, *, viewer: Viewer) -> list[Offered]:
    """Closed assessments, for whoever reads casework: in the words the person reads them in."""
    rows = scope(
        Closing.objects.filter(person_id=file.person_id), viewer=viewer, compartment=CASEWORK
    ).select_related("assessment__definition")
    laid = set(standing(file.key).values_list("record", flat=True))
    return [
        Offered(
            RecordKind.ASSESSMENT.value, row.assessment_id, row.summary, row.own_words,
            timezone.localtime(row.closed_at).date(), row.assessment.definition.name,
            row.assessment_id in laid,
        )
        for row in rows.order_by("-closed_at", "id")
    ]  # fmt: skip


def to_lay(file: ReviewFile, kind: str, key: UUID, *, viewer: Viewer) -> Offered:
    """One of them, or 404."""
    if kind == RecordKind.REFLECTION:
        row = (
            _reflections(file.person_id, viewer).annotate(laid=_laid(file.key)).filter(id=key)
        ).first()
        if row is not None:
            return _offered(row)
    lists = {
        RecordKind.INFORMATION.value: information_to_lay,
        RecordKind.ASSESSMENT.value: assessments_to_lay,
    }
    if (listed := lists.get(kind)) is not None:
        for each in listed(file, viewer=viewer):
            if each.key == key:
                return each
    raise Http404


def origins_to_choose(file: ReviewFile) -> tuple[list[tuple[UUID, str]], bool]:
    """The first item of each origin, so that a writer can say “the same person told this, too”:
    of the origins that came last; and whether there are more."""
    rows = standing(file.key)
    came = rows.values("origin").annotate(first=Min("written_at")).order_by("-first", "origin")
    latest = [each["origin"] for each in came[: LISTED_ORIGINS + 1]]
    first = (
        rows.filter(origin__in=latest[:LISTED_ORIGINS])
        .order_by("origin", "written_at", "id")
        .distinct("origin")
        .values_list("id", "written_at", "words")
    )
    found = [(key, words[:80]) for key, _at, words in sorted(first, key=lambda row: row[1])]
    return found, len(latest) > LISTED_ORIGINS


def _reflections(person_id: int, viewer: Viewer) -> QuerySet[Reflection]:
    rows = scope(
        Reflection.objects.filter(
            person_id=person_id, withdrawn_at__isnull=True, struck_at__isnull=True
        ).exclude(seen_heard=""),
        viewer=viewer,
        compartment=Compartment.WING,
    )
    viewer.saw("reflections", [person_id])
    return rows


def _laid(review: UUID) -> Exists:
    return Exists(Evidence.objects.filter(
        review_id=review, record=OuterRef("pk"), struck_at__isnull=True
    ))  # fmt: skip


def _offered(row: Reflection) -> Offered:
    where = str(Setting(row.setting).label) if row.setting in Setting.values else ""
    return Offered(
        RecordKind.REFLECTION.value, row.id, row.seen_heard, row.own_words, row.day, where,
        bool(getattr(row, "laid", False)),
    )  # fmt: skip
