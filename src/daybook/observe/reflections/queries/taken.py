"""Changes that a meeting took as the usual from then on, as a chart shows them."""

from datetime import date

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name

from ..models import TakenAsUsual
from ..rules.chart import Happened, taken_as_usual


def taken_on(person_id: int, channel: str, *, viewer: Viewer, since: date) -> list[Happened]:
    """Who said so, and when, in this person's chart of one channel."""
    rows = scope(
        TakenAsUsual.objects.filter(
            person_id=person_id,
            channel__key=channel,
            day__gte=since,
            taken_back_at__isnull=True,
        ),
        viewer=viewer,
        compartment=Compartment.WING,
    )
    return [
        Happened(day, taken_as_usual(short_name(given, family)))
        for day, given, family in rows.order_by("said_at").values_list(
            "day", "said_by__given_name", "said_by__family_name"
        )
    ]
