"""The channels that are asked now."""

from ..models import Channel


def channels() -> list[Channel]:
    """In the order of the form, without those retired."""
    return list(Channel.objects.filter(retired_at__isnull=True))
