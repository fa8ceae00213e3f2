"""What waits on the home page of data protection: a role table that is not approved."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.registry.providers import Due

from .approval import may_approve, standing
from .viewer import Viewer


def role_table(*, viewer: Viewer) -> Iterator[Due]:
    if not may_approve(viewer):
        return
    stands = standing()
    if stands.approved_at is None:
        on = timezone.localtime(stands.brought_at).date()
        yield Due(on, _("Who may reach what: the table to approve"), reverse("access:roles"))
