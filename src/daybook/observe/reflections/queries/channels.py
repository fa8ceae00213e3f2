"""The channels that are asked now, and those that once were."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from ..models import Channel

FORMS_LIE_OPEN = timedelta(days=1)


def channels() -> list[Channel]:
    """In the order of the form, without those retired."""
    return list(Channel.objects.filter(retired_at__isnull=True))


def asked_lately() -> list[Channel]:
    """The same, with those that a form may still show because they have just been retired."""
    lately = Q(retired_at__gte=timezone.now() - FORMS_LIE_OPEN)
    return list(Channel.objects.filter(Q(retired_at__isnull=True) | lately))


def every_channel() -> list[Channel]:
    """Those asked, in the order of the form, and then those no longer asked."""
    return sorted(Channel.objects.all(), key=lambda each: each.retired_at is not None)
