"""Closing the evidence, rating alone, and signing what one has rated."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.scope import as_author
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

from ..models import Member, Review
from .once import in_words, led, log, own_part
from .team import tell_of_matrix

SAVE = """
    insert into reviews_membermarks (id, review_id, person_id, member_id, evidence_id, marks,
        written_at)
    values (%s, %s, %s, %s, %s, %s::jsonb, %s)
    on conflict (member_id, evidence_id)
        do update set marks = excluded.marks, written_at = excluded.written_at
        where reviews_membermarks.marks <> excluded.marks
"""


@transaction.atomic
def begin(*, by: Viewer, review: UUID) -> None:
    """Close the evidence: from now on each member rates alone. Raises ``Cannot`` for one role."""
    found = led(review, by=by)
    if found.rating_since is not None:
        return
    try:
        with transaction.atomic():
            Review.objects.filter(id=review).update(rating_since=timezone.now())
    except IntegrityError as refused:
        raise in_words(refused) from None
    log(by, Kind.ALTERATION, "joint review: rating began", review, found.person_id)


@transaction.atomic
def save(*, by: Viewer, review: UUID, marks: Mapping[UUID, Mapping[str, str]]) -> None:
    """Keep one's own marks of these items, by slug of the explanation; drafts until signed.

    Said again, they replace what was said. Raises ``Cannot`` once they are signed.
    """
    found, mine = own_part(review, by=by)
    now = timezone.now()
    rows = [
        (new_key(), review, found.person_id, mine.id, item, json.dumps(dict(said)), now)
        for item, said in marks.items()
    ]
    try:
        with transaction.atomic(), as_author(by), connection.cursor() as cursor:
            cursor.executemany(SAVE, rows)
    except IntegrityError as refused:
        raise in_words(refused) from None
    log(by, Kind.ALTERATION, "joint review: marks", mine.id, found.person_id)


@transaction.atomic
def finish(*, by: Viewer, review: UUID) -> bool:
    """Sign what one has rated. The last to sign opens the matrix; gives whether it is open."""
    found, mine = own_part(review, by=by)
    if mine.finished_at is None:
        if found.rating_since is None:
            raise Cannot(_("Rating hasn’t begun yet."))
        Member.objects.filter(id=mine.id).update(finished_at=timezone.now())
        log(by, Kind.ALTERATION, "joint review: rating signed", mine.id, found.person_id)
        tell_of_matrix(by, review)
    return bool(Review.objects.filter(id=review, matrix_since__isnull=False).exists())
