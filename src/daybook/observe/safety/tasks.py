"""Background work of safety. Each task is safe to run twice."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.duties.mornings import EACH_HOUR, is_morning

from .actions import apart, calling, early_days, telling
from .actions.unlock import TELL


@app.task(name=TELL)
def tell_who_cannot_be_kept_apart(person: int) -> None:
    """Look at somebody who came to a unit, and tell its head of whom to keep them apart from."""
    with transaction.atomic(), at_the_desk() as clerk:
        telling.tell_who_cannot_be_kept_apart(by=clerk, person_id=person)


@app.periodic(cron=EACH_HOUR)
@app.task(queueing_lock="tell-of-reviews")
def tell_of_reviews(timestamp: int = 0) -> None:
    """Tell in the morning which protections are to be looked at again."""
    if not is_morning(timestamp):
        return
    with transaction.atomic(), at_the_desk() as clerk:
        telling.tell_of_reviews(by=clerk, today=timezone.localdate())


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="tell-of-late-check-ins")
def tell_of_late_check_ins(timestamp: int = 0) -> None:
    """Tell each unit's head of check-ins that nobody has done a day after they were due."""
    with transaction.atomic(), at_the_desk() as clerk:
        early_days.tell_of_what_is_late(by=clerk, now=timezone.now())


@app.periodic(cron=EACH_HOUR)
@app.task(queueing_lock="tell-of-long-time-apart")
def tell_of_long_time_apart(timestamp: int = 0) -> None:
    """Tell those who lead, in the morning, of everyone who has long been apart from others."""
    if not is_morning(timestamp):
        return
    with transaction.atomic(), at_the_desk() as clerk:
        apart.tell_of_long_ones(by=clerk, today=timezone.localdate())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="call-on")
def call_on(timestamp: int = 0) -> None:
    """Each minute: call on where nobody has answered, and tell of looks that are long overdue."""
    with transaction.atomic(), at_the_desk() as clerk:
        calling.call_on(by=clerk, now=timezone.now())
