"""How a review ended, as long as it stays in view."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.staff.models import short_name

from ..models import Closing, SaidSince
from ..rules.closing import faded
from ..vocabulary import PersonHow, Support
from .review import ReviewFile, Told


@dataclass(frozen=True, slots=True)
class Since:
    """What the person said to it later; no words where they would rather not."""

    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """The end of a review. Once it has faded, what it held to be least contradicted is gone from
    view; what was given and asked stays."""

    least: list[Told]
    faded: bool
    because: str
    would_change: str
    support: str
    support_words: str
    next_look: str
    next_on: date
    fades_on: date
    dissent: str
    means_for_harm: str
    means_for_needs: str
    person_said: str
    person_not_said: str
    since: list[Since]
    by: str
    at: datetime


def closed(file: ReviewFile) -> Closed | None:
    row = Closing.objects.select_related("written_by").filter(review_id=file.key).first()
    if row is None:
        return None
    gone = faded(row.fades_on, timezone.localdate())
    named = {told.slug: told for told in file.explanations}
    return Closed(
        least=[] if gone else [named[slug] for slug in row.least if slug in named],
        faded=gone,
        because="" if gone else row.because,
        would_change="" if gone else row.would_change,
        support=str(Support(row.support).label),
        support_words=row.support_words,
        next_look=row.next_look,
        next_on=row.next_on,
        fades_on=row.fades_on,
        dissent="" if gone else row.dissent,
        means_for_harm="" if gone else row.means_for_harm,
        means_for_needs=row.means_for_needs,
        person_said=row.person_said,
        person_not_said=_why_not(row),
        since=said_since([file.key]).get(file.key, []),
        by=short_name(row.written_by.given_name, row.written_by.family_name),
        at=row.written_at,
    )


def said_since(reviews: Iterable[UUID]) -> dict[UUID, list[Since]]:
    """By review, what was said to it after it ended, the oldest first."""
    found = defaultdict[UUID, list[Since]](list)
    rows = SaidSince.objects.filter(review_id__in=list(reviews)).order_by("written_at", "id")
    for review, words, given, family, at in rows.values_list(
        "review_id", "words", "written_by__given_name", "written_by__family_name", "written_at"
    ):
        found[review].append(Since(words, short_name(given, family), at))
    return found


def _why_not(row: Closing) -> str:
    if row.person_how == PersonHow.RATHER_NOT:
        return _("They would rather not say, and nothing is held against them for it.")
    if row.person_how == PersonHow.NOT_YET:
        return _("They could not be asked yet: {because}").format(because=row.person_because)
    return ""
