"""One answer of a governor to a figure that stood out in spring: it was chance, as they found."""

from datetime import timedelta

from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.registry.keys import new_key
from daybook.observe.information.models import FairnessAnswer

from .keys import REASON, Filling

WHY = (
    "We read all nine reports together, with two officers from another house. Five were about the "
    "same three weeks in the workshop, when the heating was out and everybody was short with "
    "everybody. We found nothing that would not have been reported of anybody else. With so many "
    "comparisons one will stand out by chance, and this may be it."
)
DOING = (
    "The workshop’s officers and the unit’s heads talk through what they report, once a month, "
    "names covered. We count again after two seasons."
)
COLUMNS = (
    "id", "establishment_id", "compared", "until", "count", "among", "rest_count", "rest_among",
    "why", "doing", "next_look_on", "written_by_id", "written_at",
)  # fmt: skip


def fill(filling: Filling) -> None:
    governor = Assignment.objects.filter(role="governor", until__isnull=True).order_by("id")[0]
    at = timezone.now() - timedelta(days=120)
    last_day = at.date().replace(day=1) - timedelta(days=1)
    row = (
        new_key(), governor.establishment_id, "reported.language.unspoken", last_day, 9, 21, 12, 88,
        WHY, DOING, at.date() + timedelta(days=180), governor.staff_id, at,
    )  # fmt: skip
    add_many(FairnessAnswer, COLUMNS, [row], by=filling.by, reason=REASON, key="id")
