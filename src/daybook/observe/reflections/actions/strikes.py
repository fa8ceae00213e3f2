"""Striking an entry, or moving it to whom it is about."""

from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from psycopg.errors import UniqueViolation

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.commitments import signed_tables
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.events import Contested
from daybook.foundation.registry.keys import new_key

from ..models import Reflection, Strike
from ..queries.strikes import entry_to_strike
from ..rules.strikes import struck_already, there_already
from ..striking import kept
from ..vocabulary import Entered

STRUCK = NoticeKind("entry-struck", _("An entry of yours was struck, or moved"))
DRAW = "daybook.observe.reflections.tasks.draw_charts"


@transaction.atomic
def strike(
    *, by: Viewer, kind: Entered, entry: UUID, key: UUID, reason: str, moved_to: int | None = None
) -> None:
    """Seal an entry, and tell its author; with ``moved_to``, its words stand there from now on.

    The same key twice is one strike. Raises ``Cannot`` where a colleague was first, and 404
    for an entry about somebody whom the viewer does not lead, or does not reach.
    """
    if Strike.objects.filter(id=key, record=entry, struck_by_id=by.staff_id).exists():
        return
    person_id = entry_to_strike(kind, entry, viewer=by).person_id
    if moved_to is not None:
        require(moved_to, viewer=by, compartment=Compartment.WING)
    moved = new_key() if moved_to is not None else None
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select daybook.strike(%s, %s, %s, %s, %s, %s)",
                [key, kind.value, entry, reason, moved_to, moved],
            )
            if not cursor.fetchone()[0]:
                raise Cannot(struck_already())
    except IntegrityError as failure:
        if isinstance(failure.__cause__, UniqueViolation) and kind is Entered.PART:
            raise Cannot(there_already()) from failure
        raise
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="entry struck" if moved_to is None else "entry moved",
        record=entry,
        people=[person_id] if moved_to is None else [person_id, moved_to],
        reason=reason,
    )
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="strike",
        record=key,
        people=[person_id],
        signed=Strike,
    )
    if moved_to is not None:
        model = Reflection if kind == Entered.REFLECTION else kept[kind].model
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="moved entry",
            record=moved,
            people=[moved_to],
            signed=model if model._meta.db_table in signed_tables else None,
        )
    author = Strike.objects.values_list("author_id", flat=True).get(id=key)
    notify(
        by=by,
        kind=STRUCK.slug,
        staff_ids={author} - {by.staff_id},
        path=reverse("reflections:written"),
        once=f"struck:{entry}",
    )
    if kind == Entered.REFLECTION:
        draw_again()


def draw_after_a_contest(event: Contested) -> None:
    """Charts leave out what is contested, and take it back once it is settled."""
    if event.kind == Entered.REFLECTION:
        draw_again()


def draw_again() -> None:
    """Charts show nothing, or what is no longer so, until they are drawn: so they are drawn now."""
    try:
        with transaction.atomic():
            app.configure_task(DRAW, allow_unknown=False, queueing_lock="draw-charts").defer(
                timestamp=int(timezone.now().timestamp())
            )
    except AlreadyEnqueued:
        pass
