"""Background work of duties. Each task is safe to run twice."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status

from daybook.foundation.access.clerk import at_the_desk

from .actions.deliveries import MOST_ATTEMPTS, send
from .actions.notices import DELIVER, send_later
from .actions.reminders import remind
from .channels import NotSent
from .models import Delivery, Outcome
from .mornings import EACH_HOUR, is_morning

SEEN_STAYS = timedelta(days=30)
LEFT_LYING = timedelta(minutes=5)


@app.task(
    name=DELIVER,
    retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=4, retry_exceptions=[NotSent]),
)
def deliver(delivery: int) -> None:
    """Send one word by its channel; if it does not go, again after a while."""
    with transaction.atomic(), at_the_desk() as clerk:
        failed = send(by=clerk, delivery_id=delivery)
    if failed:
        raise NotSent(failed)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="deliver-what-was-left")
def deliver_what_was_left(timestamp: int = 0) -> None:
    """Queue again what a worker that was stopped in the middle has left lying."""
    with transaction.atomic(), at_the_desk():
        left = list(
            Delivery.objects.filter(
                outcome=Outcome.WAITING, notice__made_at__lt=timezone.now() - LEFT_LYING
            ).values_list("id", "notice__urgent")
        )
    for delivery, urgent in left:
        try:
            send_later([delivery], urgent=urgent)
        except AlreadyEnqueued:
            continue


@app.periodic(cron=EACH_HOUR)
@app.task(queueing_lock="remind-of-actions")
def remind_of_actions(timestamp: int = 0) -> None:
    """Tell owners, in the morning, what is due today and what has become overdue."""
    if not is_morning(timestamp):
        return
    with transaction.atomic(), at_the_desk() as clerk:
        remind(by=clerk, today=timezone.localdate())


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="forget-notices")
def forget_notices(timestamp: int = 0) -> None:
    """Let go of notices that were looked at or answered a month ago. They are no records."""
    with transaction.atomic(), at_the_desk(), connection.cursor() as cursor:
        cursor.execute("select daybook.forget_notices(%s)", [timezone.now() - SEEN_STAYS])


@app.periodic(cron="50 3 * * *")
@app.task(queueing_lock="forget-tries")
def forget_tries(timestamp: int = 0) -> None:
    """Let go of tries to sign in that no longer slow anybody: those of the day before."""
    with transaction.atomic(), at_the_desk(), connection.cursor() as cursor:
        cursor.execute("select daybook.forget_tries()")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take-up-again")
async def take_up_again(timestamp: int = 0) -> None:
    """Queue again what a killed worker held: a lock that it had would stay shut for ever."""
    jobs = app.job_manager
    for job in await jobs.get_stalled_jobs():
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            # The same piece of work waits already: each is safe to do twice, none is done for it.
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
