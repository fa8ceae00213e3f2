"""What the person page says of it, to those who may ask."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import Aside

from .queries import may_ask


def aside(*, viewer: Viewer, person_id: int) -> Iterable[Aside]:
    if may_ask(person_id, viewer=viewer):
        yield Aside(
            title=_("Who has looked"),
            lines=(_("Every reading is in the log, yours too."),),
            url=reverse("cases:looks", args=[person_id]),
            link=_("Who has looked"),
        )
