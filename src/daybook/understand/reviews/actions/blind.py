"""Making a blind spot somebody's action."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.actions.owed import raise_action
from daybook.foundation.registry.cannot import Cannot

from ..queries.blind import source_of, taken_on
from .once import hold


@transaction.atomic
def have_looked_at(
    *,
    by: Viewer,
    review: UUID,
    dimension: str,
    group: str,
    key: UUID,
    what: str,
    owner_id: int,
    due_on: date,
) -> None:
    """Somebody will look from there by a day. Raises ``Cannot`` where somebody does already."""
    found = hold(review, by=by)
    taken = taken_on(review, found.person_id, viewer=by).get((dimension, group))
    if taken is not None:
        if taken.id == key:
            return
        raise Cannot(
            _("{who} looks from there already: {when}.").format(who=taken.owner, when=taken.when)
        )
    raise_action(
        by=by,
        person_id=found.person_id,
        what=what,
        owner_id=owner_id,
        due_on=due_on,
        source=source_of(review, dimension, group),
        key=key,
    )
