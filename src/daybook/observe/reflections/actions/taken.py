"""Taking a change as the usual from now on, as part of a discussion."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from ..models import Channel, MeetingPerson, Picture, TakenAsUsual
from ..vocabulary import ChartState


def take_as_usual(
    *, by: Viewer, place: MeetingPerson, channels: Collection[str], now: datetime
) -> bool:
    """Let charts go on from now: those of ``channels``, by key, and in this discussion no others.

    Gives whether anything changed. Raises ``Cannot`` for a chart that says nothing of a change.
    """
    standing = TakenAsUsual.objects.filter(discussion=place, taken_back_at__isnull=True)
    known = set(standing.values_list("channel__key", flat=True))
    if known == set(channels):
        return False
    standing.exclude(channel__key__in=channels).update(taken_back_at=now)
    new = set(channels) - known
    pictures = Picture.objects.filter(
        person_id=place.person_id, channel__key__in=new, state=ChartState.TALK
    )
    changed = {
        key: direction
        for key, direction in pictures.values_list("channel__key", "direction")
        if direction is not None
    }
    if new - changed.keys():
        raise Cannot(_("A chart that you wanted to go on from here shows no change any more."))
    keys = dict(Channel.objects.filter(key__in=new).values_list("key", "pk"))
    for key in sorted(new):
        TakenAsUsual(
            meeting_id=place.meeting_id,
            discussion=place,
            person_id=place.person_id,
            channel_id=keys[key],
            direction=changed[key],
            day=timezone.localdate(now),
            said_at=now,
            said_by_id=by.staff_id,
        ).save(force_insert=True)
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="change taken as usual",
        record=place.id,
        people=[place.person_id],
    )
    return True
