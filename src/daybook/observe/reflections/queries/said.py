"""Officers' words that put somebody forward: read where they were written, never copied.

So they leave a meeting, also one that is closed and locked, when their author takes them back
and when they are struck. That the person contests them is said with them.
"""

from collections.abc import Iterable
from uuid import UUID

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.contests.queries import contested_now
from daybook.foundation.staff.models import short_name

from ..models import Reflection
from ..rules.meetings import Said, Struck
from .strikes import struck_days


def said_in(entries: Iterable[UUID], *, viewer: Viewer) -> dict[UUID, Said | Struck]:
    """What each of these entries says of a difference, while it stands; or that it was struck.

    One that was taken back is missing, as is one about somebody out of reach.
    """
    keys = set(entries)
    if not keys:
        return {}
    rows = scope(
        Reflection.objects.filter(id__in=keys, withdrawn_at__isnull=True),
        viewer=viewer,
        compartment=Compartment.WING,
    ).values_list(
        "id", "day", "difference", "way", "of_what", "author__given_name", "author__family_name"
    )
    contested = set(
        contested_now("reflection").filter(record__in=keys).values_list("record", flat=True)
    )
    found: dict[UUID, Said | Struck] = {
        key: Said(day, difference, way, of_what, short_name(given, family), key in contested)
        for key, day, difference, way, of_what, given, family in rows
    }
    if gone := keys - found.keys():
        found |= {key: Struck(day) for key, day in struck_days(gone).items()}
    return found
