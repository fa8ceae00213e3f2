"""Taking on an action, and saying what came of it."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import as_author, require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

from .. import queries
from ..models import Action, Effect
from ..rules import due_day_problem


@transaction.atomic
def raise_action(
    *,
    by: Viewer,
    person_id: int,
    what: str,
    owner_id: int,
    due_on: date,
    source: str = "",
    key: UUID | None = None,
) -> UUID:
    """Write down that somebody will do something for somebody by a day; gives its key.

    ``key`` comes with the form: the same one twice is one action. Raises ``Cannot`` for a
    day that has passed, and for an owner who neither works there nor is a personal officer.
    """
    require(person_id, viewer=by, compartment=Compartment.WING, right=Right.WRITE)
    key = key or new_key()
    if (written := Action.objects.filter(id=key).first()) is not None:
        if written.raised_by_id != by.staff_id or written.person_id != person_id:
            raise Http404
        return key
    if problem := due_day_problem(due_on, timezone.localdate()):
        raise Cannot(problem)
    if owner_id not in {owner.id for owner in queries.possible_owners(person_id, viewer=by)}:
        raise Cannot(_("Choose somebody who works with this person."))
    action = Action(
        id=key,
        person_id=person_id,
        what=what,
        owner_id=owner_id,
        due_on=due_on,
        raised_by_id=by.staff_id,
        raised_at=timezone.now(),
        source=source,
    )
    try:
        with transaction.atomic():
            Action.objects.bulk_create([action])
    except IntegrityError:
        # The key is somebody else's, and out of sight: as if it did not exist.
        raise Http404 from None
    record(by=by, kind=Kind.COLLECTION, subject="action", record=key, people=[person_id])
    return key


@transaction.atomic
def close_action(*, by: Viewer, action_id: UUID, effect: Effect, outcome: str = "") -> None:
    """Say what came of an action; it stays closed. The owner may, and whoever writes there.

    Saying the same twice is saying it once. Raises ``Cannot`` if a colleague was quicker
    and said something else.
    """
    owed = queries.action(action_id, viewer=by)
    if owed.done_at is not None:
        if (owed.effect, owed.outcome) == (effect, outcome):
            return
        raise Cannot(
            _("This action was closed meanwhile: %(effect)s. It stays as it is.")
            % {"effect": owed.effect_words}
        )
    if not queries.may_close(owed, viewer=by):
        raise Http404
    said = {"done_at": timezone.now(), "effect": effect, "outcome": outcome}
    still_open = Action.objects.filter(id=action_id, done_at__isnull=True)
    if owed.owner_id == by.staff_id:
        with as_author(by):
            closed = still_open.update(**said)
    else:
        closed = still_open.update(**said)
    if not closed:
        raise Cannot(_("A colleague closed this action a moment ago. Look at it again."))
    record(by=by, kind=Kind.ALTERATION, subject="action", record=action_id, people=[owed.person_id])
