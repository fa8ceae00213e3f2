"""What the daily record says to joint reviews that go on: read as Daybook reads it each night."""

from collections import defaultdict
from datetime import date

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.people.models import DateKind, KeyDate
from daybook.understand.reviews.actions.record import read_record
from daybook.understand.reviews.models import Closing, Review

from .keys import Filling, as_the_owner_again


def fill(filling: Filling) -> None:
    """None of those that ended: each takes a second and more, and the demonstration opens soon."""
    dates: defaultdict[int, list[date]] = defaultdict(list)
    hearings = KeyDate.objects.filter(kind=DateKind.HEARING).values_list("person_id", "on")
    for person, on in [*hearings, *Closing.objects.values_list("person_id", "next_on")]:
        dates[person].append(on)
    for review in Review.objects.filter(ended_at__isnull=True).order_by("written_at", "id"):
        with at_the_desk() as clerk:
            read_record(
                by=clerk,
                review=review.id,
                person=review.person_id,
                dates=dates[review.person_id],
                today=filling.world.until,
            )
        as_the_owner_again()
