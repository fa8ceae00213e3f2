"""Background work of joint reviews. Each task is safe to run twice."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from daybook.foundation.access.clerk import at_the_desk

from .actions.left import end_left_behind
from .actions.record import read_record, reviews_to_read


@app.periodic(cron="20 4 * * *")
@app.task(queueing_lock="read-records", lock="read-records")
def read_records(timestamp: int = 0) -> None:
    """Once a night: what the daily record can say to each review that goes on."""
    with transaction.atomic(), at_the_desk():
        reviews = [review for review, _person, _dates in reviews_to_read()]
    for review in reviews:
        _read(review)


@app.task(lock="read-records")
def read_one_record(review: UUID) -> None:
    """The same for one review, as soon as it was opened."""
    _read(UUID(str(review)))


@app.periodic(cron="50 4 * * *")
@app.task(queueing_lock="end-reviews")
def end_reviews(timestamp: int = 0) -> None:
    """Once a night: end reviews about people who have left, whom nobody works with any more."""
    with transaction.atomic(), at_the_desk() as clerk:
        end_left_behind(by=clerk)


def _read(wanted: UUID) -> None:
    with transaction.atomic(), at_the_desk() as clerk:
        for review, person, dates in reviews_to_read():
            if review == wanted:
                read_record(
                    by=clerk, review=review, person=person, dates=dates, today=timezone.localdate()
                )
