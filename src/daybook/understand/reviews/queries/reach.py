"""Who sees a joint review, who takes part, and who takes its steps for the team."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer

from ..models import Member, Review
from ..vocabulary import PARTS

CASEWORK = Compartment.CASEWORK


def may_open(person_id: int, *, viewer: Viewer) -> bool:
    """Whoever both reads and writes casework about the person; nobody who looks everywhere."""
    return not viewer.everywhere and all(
        viewer.reaches(person_id, CASEWORK, right) for right in (Right.READ, Right.WRITE)
    )


def seen(viewer: Viewer) -> QuerySet[Review]:
    """Reviews about people whose casework the viewer reads, and those they were asked into."""
    viewer.asks(CASEWORK)
    if viewer.everywhere:
        return Review.objects.all() if viewer.may(Right.READ, CASEWORK) else Review.objects.none()
    return Review.objects.filter(id__in=_keys("select daybook.reviews_seen()"))


def review_seen(key: UUID, *, viewer: Viewer) -> Review:
    """One review, or 404 alike for an absent one and one out of sight."""
    found = seen(viewer).filter(id=key).first()
    if found is None:
        raise Http404
    viewer.saw("joint review", [found.person_id])
    return found


def leads(review: UUID, *, viewer: Viewer) -> bool:
    """Whether the viewer takes the team's steps: a member who keeps casework, while it goes on; or
    whoever keeps casework about the person, where no member leads it any more."""
    return not viewer.everywhere and review in _keys("select daybook.reviews_led()")


def hears(review: UUID, person_id: int, *, viewer: Viewer) -> bool:
    """Whether the viewer asks the person what they say to it: whoever took part, or keeps casework
    about them now."""
    return not viewer.everywhere and (
        may_open(person_id, viewer=viewer)
        or review in _keys("select daybook.reviews_joined(false)")
    )


def part_of(review: UUID, *, viewer: Viewer) -> Member | None:
    """The viewer's own part in it, if they were asked and haven't left."""
    return Member.objects.filter(
        review_id=review, staff_id=viewer.staff_id, left_at__isnull=True
    ).first()


def parts_of(viewer: Viewer) -> list[str]:
    """Roles in whose name the viewer may take part."""
    held = {held.role.key for held in viewer.held}
    return [part for part in PARTS if part in held]


def _keys(question: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchone()[0])
