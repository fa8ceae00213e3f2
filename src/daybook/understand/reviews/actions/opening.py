"""Opening a joint review with its eight explanations, and giving one up."""

from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

from ..models import Hypothesis, Member, Review
from ..queries.reach import may_open, parts_of
from ..vocabulary import STANDING
from .once import added, hold, led, log
from .record import read_soon


@transaction.atomic
def open_review(*, by: Viewer, key: UUID, person_id: int, question: str, part: str) -> None:
    """Ask a question about somebody. Whoever opens it takes part, in one of the roles they hold.

    ``key`` comes with the form: the same one twice is one review. Raises ``Cannot`` where one is
    open already.
    """
    if not may_open(person_id, viewer=by):
        raise Http404
    if part not in parts_of(by):
        raise Cannot(_("Choose a role that you hold."))
    if (written := Review.objects.filter(id=key).first()) is not None:
        if written.written_by_id != by.staff_id or written.person_id != person_id:
            raise Http404
        return
    if _another(person_id):
        raise Cannot(_("There is a joint review about this person already. Take part in it."))
    now = timezone.now()
    mine = {"person_id": person_id, "written_by_id": by.staff_id, "written_at": now}
    if not added(Review(id=key, question=question, **mine), by=by):
        return
    Member.objects.bulk_create(
        [
            Member(
                id=new_key(),
                review_id=key,
                staff_id=by.staff_id,
                part=part,
                accepted_at=now,
                **mine,
            )
        ]
    )
    Hypothesis.objects.bulk_create(
        Hypothesis(id=new_key(), review_id=key, slug=kind.value, kind=kind, **mine)
        for kind in STANDING
    )
    log(by, Kind.COLLECTION, "joint review opened", key, person_id, signed=Review)
    read_soon(key)


def _another(person_id: int) -> bool:
    """Whether a review about them goes on; whoever opens one this very moment is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('joint review'), %s::int)", [person_id]
        )
    return Review.objects.filter(person_id=person_id, ended_at__isnull=True).exists()


@transaction.atomic
def give_up(*, by: Viewer, review: UUID, because: str) -> None:
    """End it without a conclusion. Saying the same twice is saying it once."""
    found = hold(review, by=by)
    if (found.given_up_by_id, found.given_up_because) == (by.staff_id, because):
        return
    found = led(review, by=by)
    Review.objects.filter(id=review).update(
        ended_at=timezone.now(), given_up_by_id=by.staff_id, given_up_because=because
    )
    log(by, Kind.ALTERATION, "joint review given up", review, found.person_id, reason=because)
