"""What waits on the home page of whoever settles, and of whoever tells recipients."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import Due

from .queries import corrections_owed, open_to_settle


def open_contests(*, viewer: Viewer) -> Iterator[Due]:
    for each in open_to_settle(viewer=viewer):
        yield Due(
            timezone.localdate(each.taken_at),
            _("A contested record to settle"),
            reverse("contests:one", args=[each.key]),
            each.person_id,
        )


def corrections(*, viewer: Viewer) -> Iterator[Due]:
    for each in corrections_owed(viewer=viewer):
        yield Due(
            timezone.localdate(each.owed_at),
            _("Somebody outside to tell that a record was wrong"),
            reverse("contests:tell", args=[each.key]),
        )
