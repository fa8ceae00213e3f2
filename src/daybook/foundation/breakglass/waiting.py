"""What waits on the home page of whoever reviews."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import Due

from .queries import waiting_reviews


def reviews(*, viewer: Viewer) -> Iterator[Due]:
    for key, opened_at in waiting_reviews(viewer=viewer):
        yield Due(
            timezone.localtime(opened_at).date(),
            _("An emergency opening to review"),
            reverse("breakglass:review", args=[key]),
        )
