"""Letting somebody know that something waits; looking at it; saying what one wishes to hear of."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone
from procrastinate.contrib.django import app

from daybook.foundation.access.viewer import Viewer

from ..channels import channels
from ..kinds import kinds
from ..models import Notice, Wish

IN_THE_APP = "app"
DELIVER = "daybook.foundation.duties.tasks.deliver"
AT_ONCE, IN_TURN = 100, 0


@transaction.atomic
def notify(
    *,
    by: Viewer,
    kind: str,
    staff_ids: Collection[int],
    person_id: int | None = None,
    path: str,
    once: str = "",
) -> None:
    """Leave a notice for each of these colleagues, in the transaction of what it tells of.

    ``kind`` is the slug of a registered kind, ``path`` where it leads on this site, as from
    ``reverse``. ``once`` names what it stands for: the same name twice is one notice to each.
    Whoever does not wish to hear of the kind gets none, unless it is urgent. What goes out by
    a channel is sent by the worker afterwards, so that nothing there can hinder this.
    """
    what = kinds[kind]
    with connection.cursor() as cursor:
        cursor.execute(
            "select daybook.notify(%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                what.slug,
                sorted(set(staff_ids)),
                person_id,
                path,
                what.urgent,
                once,
                what.default_on,
                [channel.slug for channel in channels],
            ],
        )
        deliveries = [key for (key,) in cursor.fetchall()]
    send_later(deliveries, urgent=what.urgent)


def send_later(deliveries: Iterable[int], *, urgent: bool) -> None:
    """Queue the sending of each; it is queued if, and when, this transaction is committed."""
    for key in deliveries:
        app.configure_task(
            DELIVER,
            allow_unknown=False,
            queueing_lock=f"deliver-{key}",
            priority=AT_ONCE if urgent else IN_TURN,
        ).defer(delivery=key)


@transaction.atomic
def answered(*, by: Viewer, once: str) -> int:
    """Say that what was told under this name has been answered: it waits for nobody any more.

    Gives how many notices that settles.
    """
    with connection.cursor() as cursor:
        cursor.execute("select daybook.answered(%s)", [once])
        settled: int = cursor.fetchone()[0]
    return settled


@transaction.atomic
def mark_seen(*, by: Viewer, notice_id: UUID) -> None:
    """One's own notice has been looked at; a second look changes nothing. 404 for another's."""
    mine = Notice.objects.filter(id=notice_id, staff_id=by.staff_id)
    if not mine.filter(seen_at__isnull=True).update(seen_at=timezone.now()) and not mine.exists():
        raise Http404


@transaction.atomic
def mark_all_seen(*, by: Viewer, until: datetime) -> None:
    """Everything made until then has been looked at, but for what is urgent: that is opened."""
    Notice.objects.filter(
        staff_id=by.staff_id, seen_at__isnull=True, urgent=False, made_at__lte=until
    ).update(seen_at=timezone.now())


@transaction.atomic
def wish(*, by: Viewer, wishes: Mapping[str, Collection[str]]) -> None:
    """Say by which ways to hear of each kind: none is not at all. Any way out needs the app's."""
    Wish.objects.bulk_create(
        [
            Wish(staff_id=by.staff_id, kind=slug, ways=sorted({IN_THE_APP, *ways} if ways else []))
            for slug, ways in wishes.items()
            if not kinds[slug].urgent
        ],
        update_conflicts=True,
        unique_fields=["staff", "kind"],
        update_fields=["ways"],
    )
