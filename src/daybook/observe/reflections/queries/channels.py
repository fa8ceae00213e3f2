"""The channels that are asked now, and those that once were."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from ..models import Channel

FORMS_LIE_OPEN = timedelta(days=1)


def channels() -> list[Channel]:
    """In the order of the form, without those retired."""
    return [each for each in asked_lately() if each.retired_at is None]


def asked_lately() -> list[Channel]:
    """The same, with those that a form may still show because they have just been retired."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED_LATELY, [timezone.now() - FORMS_LIE_OPEN])
        return [Channel.from_db(connection.alias, _COLUMNS, row) for row in cursor.fetchall()]


# Asked with every board and every save: plain SQL costs a fraction of the ORM's words for it.
_COLUMNS = ("id", "key", "name", "low", "high", "position", "retired_at")
ASKED_LATELY = f"""
    select {", ".join(_COLUMNS)} from reflections_channel
     where retired_at is null or retired_at >= %s
     order by position
"""


def every_channel() -> list[Channel]:
    """Those asked, in the order of the form, and then those no longer asked."""
    return sorted(Channel.objects.all(), key=lambda each: each.retired_at is not None)
