"""Telling the custodian; saying that it arrived; answering it."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.access.scope import as_author
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

from .models import Observation, Outcome
from .queries import custodians, names_in, require_custodian, require_writer
from .rules import problem_with_day, problem_with_outcome

SOMETHING_CAME = NoticeKind("custodian", gettext_lazy("Something waits for the custodian"))


@transaction.atomic
def tell_the_custodian(
    *,
    by: Viewer,
    key: UUID,
    about: int | None,
    about_words: str,
    fact: str,
    seen_on: date,
    place: str,
    establishment: int,
    person_id: int | None = None,
) -> None:
    """Sign what was seen of a colleague's conduct. Sending it twice is sending it once.

    Raises ``Cannot`` where nobody but the colleague it is about would read it.
    """
    require_writer(by)
    if problem := problem_with_day(seen_on, today=timezone.localdate()):
        raise Cannot(problem)
    readers = {each.id for each in custodians()} - {about}
    if not readers:
        raise Cannot(
            _("Nobody here could read this as custodian just now. Tell the oversight body instead.")
        )
    row = Observation(
        id=key,
        about_id=about,
        about_words=about_words,
        fact=fact,
        seen_on=seen_on,
        place=place,
        establishment_id=establishment,
        person_id=person_id,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if _added(row, by=by):
        record(by=by, kind=Kind.COLLECTION, subject="conduct", record=key, signed=Observation)
        # It leads to the list: a notice holds no key of what was written.
        notify(by=by, kind=SOMETHING_CAME.slug, staff_ids=readers, path=reverse("conduct:received"))


def _added(row: Observation, *, by: Viewer) -> bool:
    """Add the row; False if the viewer signed it already. A key of another's is as if absent."""
    try:
        with transaction.atomic():
            Observation.objects.bulk_create([row])
    except IntegrityError:
        with as_author(by):
            if Observation.objects.filter(id=row.id).exists():
                return False
        raise Http404 from None
    return True


@transaction.atomic
def receive(*, by: Viewer, key: UUID) -> None:
    """Say to the writer that it arrived. A second press changes nothing."""
    seen = _for_the_custodian(key, by=by)
    if Outcome.objects.filter(observation_id=key).exists():
        return
    outcome = Outcome(
        id=new_key(),
        observation_id=key,
        establishment_id=seen.establishment_id,
        received_at=timezone.now(),
        received_by_id=by.staff_id,
    )
    Outcome.objects.bulk_create([outcome], ignore_conflicts=True)
    record(by=by, kind=Kind.COLLECTION, subject="conduct, arrived", record=key)


@transaction.atomic
def close(*, by: Viewer, key: UUID, words: str) -> None:
    """Answer it, once, in words that name nobody.

    Raises ``Cannot`` where the words hold the name of somebody whom the observation names, or
    a colleague has answered meanwhile, or nobody has said yet that it arrived.
    """
    _for_the_custodian(key, by=by)
    outcome = Outcome.objects.select_for_update().filter(observation_id=key).first()
    if outcome is None:
        raise Cannot(_("Say first that it has arrived."))
    if outcome.closed_at is not None:
        if outcome.words == words and outcome.closed_by_id == by.staff_id:
            return
        raise Cannot(_("This was answered meanwhile. An answer stays as it was given."))
    if problem := problem_with_outcome(words, names=names_in(key)):
        raise Cannot(problem)
    outcome.words, outcome.closed_at, outcome.closed_by_id = words, timezone.now(), by.staff_id
    outcome.save(update_fields=["words", "closed_at", "closed_by"])
    record(
        by=by, kind=Kind.ALTERATION, subject="conduct, outcome", record=outcome.pk, signed=Outcome
    )


def _for_the_custodian(key: UUID, *, by: Viewer) -> Observation:
    require_custodian(by)
    seen = Observation.objects.filter(id=key).first()
    if seen is None:
        raise Http404
    return seen
