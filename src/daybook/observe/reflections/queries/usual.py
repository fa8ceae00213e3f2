"""What is usual for somebody, and what it was before."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name

from ..models import EarlySign, UsualPattern

WING = Compartment.WING


@dataclass(frozen=True, slots=True)
class Sign:
    """What shows first, and what was agreed to do then."""

    sign: str
    response: str


@dataclass(frozen=True, slots=True)
class Usual:
    """A usual pattern in both voices, with its early signs."""

    key: UUID
    words: str
    own_words: str
    together: bool
    author: str
    written_at: datetime
    review_on: date
    replaced_at: datetime | None
    signs: tuple[Sign, ...]


def usual_now(person_id: int, *, viewer: Viewer) -> Usual | None:
    """The pattern that holds now."""
    found = _patterns(person_id, viewer=viewer, now=True)
    return found[0] if found else None


def usual_before(person_id: int, *, viewer: Viewer) -> list[Usual]:
    """The patterns that were replaced, latest first."""
    return _patterns(person_id, viewer=viewer, now=False)


def _patterns(person_id: int, *, viewer: Viewer, now: bool) -> list[Usual]:
    rows = scope(
        UsualPattern.objects.filter(person_id=person_id, replaced_at__isnull=now),
        viewer=viewer,
        compartment=WING,
    )
    found = list(
        rows.order_by("-written_at").values_list(
            "id", "words", "own_words", "agreed_with_person", "written_by__given_name",
            "written_by__family_name", "written_at", "review_on", "replaced_at",
        )
    )  # fmt: skip
    if not found:
        return []
    viewer.saw("usual patterns", [person_id])
    signs: dict[UUID, list[Sign]] = {}
    for pattern, sign, response in (
        EarlySign.objects.filter(pattern_id__in=[row[0] for row in found])
        .order_by("position", "id")
        .values_list("pattern_id", "sign", "response")
    ):
        signs.setdefault(pattern, []).append(Sign(sign, response))
    return [
        Usual(
            key,
            words,
            own,
            together,
            short_name(given, family),
            written_at,
            review_on,
            replaced_at,
            tuple(signs.get(key, ())),
        )
        for key, words, own, together, given, family, written_at, review_on, replaced_at in found
    ]
