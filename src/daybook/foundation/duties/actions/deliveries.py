"""Sending word out of Daybook. Called by the worker, at Daybook's own desk."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from daybook.foundation.access.viewer import Viewer

from ..channels import NotSent, Word, channels
from ..models import Delivery, Notice, Outcome

MOST_ATTEMPTS = 8
"""With waits that grow fourfold from four seconds, these take most of a day."""
SAID_LATELY = timedelta(hours=24)


@transaction.atomic
def send(*, by: Viewer, delivery_id: int) -> str:
    """Send one word, unless it went, is being sent elsewhere, or is no longer needed.

    Gives why it failed, or nothing. A failure is kept, for another attempt. Should the
    database be lost between sending and noting it, the same word goes twice.
    """
    delivery = (
        Delivery.objects.select_related("notice__staff")
        .select_for_update(of=("self",), skip_locked=True)
        .filter(id=delivery_id, outcome=Outcome.WAITING)
        .first()
    )
    if delivery is None:
        return ""
    channel, word = channels.get(delivery.channel), _word(delivery.notice)
    delivery.tried_at = timezone.now()
    if not _is_needed(delivery):
        delivery.outcome = Outcome.NOT_NEEDED
    elif channel is None or not channel.knows(word):
        delivery.outcome = Outcome.NO_ADDRESS
    else:
        delivery.attempts += 1
        try:
            channel.send(word)
        except NotSent as failure:
            delivery.failed = str(failure)[:200]
            if delivery.attempts >= MOST_ATTEMPTS:
                delivery.outcome = Outcome.GIVEN_UP
        else:
            delivery.outcome, delivery.sent_at = Outcome.SENT, timezone.now()
            delivery.failed = ""
    delivery.save(update_fields=["tried_at", "attempts", "outcome", "failed", "sent_at"])
    return delivery.failed


def _word(notice: Notice) -> Word:
    waiting = Notice.objects.filter(
        staff_id=notice.staff_id, seen_at__isnull=True, answered_at__isnull=True
    )
    staff = notice.staff
    return Word(str(notice.id), staff.key, staff.email, waiting.count(), notice.urgent)


def _is_needed(delivery: Delivery) -> bool:
    """Somebody who has been told that something waits, and not looked yet, knows already."""
    notice = delivery.notice
    if notice.seen_at or notice.answered_at or not notice.staff.is_active:
        return False
    return (
        notice.urgent
        or not Delivery.objects.filter(
            channel=delivery.channel,
            sent_at__gt=timezone.now() - SAID_LATELY,
            notice__staff_id=notice.staff_id,
            notice__seen_at__isnull=True,
            notice__answered_at__isnull=True,
        ).exists()
    )
