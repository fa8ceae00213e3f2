"""What two views of one person said on one channel, in the order of time."""

from datetime import date

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.contests.queries import contested_now

from ..models import Rating, Reflection
from ..rules.gaps import Seen

OWN = "mood"
"""The channel that people mark themselves."""
WING = Compartment.WING


def seen_of(person_id: int, channel: str, *, viewer: Viewer, until: date) -> list[Seen]:
    """All that stands up to a day: taken back, struck and contested entries are left out."""
    contested = contested_now("reflection")
    ratings = scope(
        Rating.objects.filter(
            person_id=person_id,
            channel__key=channel,
            counts=True,
            step__isnull=False,
            day__lte=until,
        ).exclude(reflection_id__in=contested),
        viewer=viewer,
        compartment=WING,
    )
    found = [
        (day, saved_at, 1, Seen(step or 0, setting))
        for day, saved_at, step, setting in ratings.values_list(
            "day", "reflection__saved_at", "step", "reflection__setting"
        )
    ]
    if channel == OWN:
        marks = scope(
            Reflection.objects.filter(
                person_id=person_id,
                own_mark__isnull=False,
                withdrawn_at__isnull=True,
                day__lte=until,
            ).exclude(id__in=contested),
            viewer=viewer,
            compartment=WING,
        )
        found += [
            (day, saved_at, 0, Seen(mark or 0, own=True))
            for day, saved_at, mark in marks.values_list("day", "saved_at", "own_mark")
        ]
    return [seen for *_, seen in sorted(found, key=lambda each: each[:3])]
