"""Word that something waits: by e-mail and by webhook, once, late rather than never."""

import json
import os
import subprocess
import sys
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from daybook.config import outside
from daybook.foundation.duties import tasks
from daybook.foundation.duties.actions.deliveries import MOST_ATTEMPTS
from daybook.foundation.duties.channels import NotSent
from daybook.foundation.duties.channels.webhook import signature
from daybook.foundation.duties.kinds import kinds
from tests.foundation.sinks import hook_sink, mail_sink
from tests.foundation.test_notices import (  # noqa: F401
    ME,
    PLAIN,
    URGENT,
    known_kinds,
    tell,
    wish,
)

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
ADDRESS = "wing.officer@north.example"


@pytest.fixture
def mails(settings, world):
    """The service sends mail, and the officer wishes for it."""
    with mail_sink() as sink:
        settings.NOTICES_BY_EMAIL = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.SITE_ADDRESS = "https://daybook.example"
        world.owner.execute(
            "update staff_staff set email = %s where id = %s", [ADDRESS, world.staff[ME]]
        )
        wish(world, ME, test_plain=["app", "email"])
        yield sink


@pytest.fixture
def hooks(settings, world):
    with hook_sink() as sink:
        settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = sink.url, SECRET
        wish(world, ME, test_plain=["app", "webhook"])
        yield sink


def deliveries(world):
    return world.owner.execute(
        "select channel, outcome, attempts, failed from duties_delivery order by id"
    ).fetchall()


def jobs(world):
    return [
        args["delivery"]
        for (args,) in world.owner.execute(
            "select args from procrastinate_jobs where task_name like '%%deliver' order by id"
        )
    ]


def send_all(world):
    for delivery in jobs(world):
        tasks.deliver(delivery)


# ---- What leaves ----


def test_an_e_mail_says_that_something_waits_and_nothing_else(world, mails):
    tell(world, ME, person_id=world.people["Amir Kaya"], path="/people/1/")
    send_all(world)
    (mail,) = mails.mails
    assert mails.to == [ADDRESS]
    assert mail["Subject"] == "Something waits for you in Daybook."
    assert mail.get_content().split() == [
        "Something", "waits", "for", "you", "in", "Daybook.", "https://daybook.example",
    ]  # fmt: skip
    assert "Amir" not in mail.as_string()
    assert "/people/" not in mail.as_string()
    assert deliveries(world) == [("email", "sent", 1, "")]


def test_a_webhook_says_how_much_waits_for_whom_and_is_signed(world, hooks):
    tell(world, ME, person_id=world.people["Amir Kaya"])
    send_all(world)
    ((headers, body),) = hooks.calls
    (key,) = world.owner.execute(
        "select key from staff_staff where id = %s", [world.staff[ME]]
    ).fetchone()
    assert json.loads(body) == {"waiting": 1, "urgent": False, "for": str(key)}
    signed = signature(SECRET, headers["Webhook-Id"], headers["Webhook-Timestamp"], body)
    assert headers["Webhook-Signature"] == signed
    assert signature(SECRET, headers["Webhook-Id"], "0", body) != signed


def test_the_signature_is_the_one_the_specification_gives():
    """The worked example that is published with it."""
    body, secret = b'{"test": 2432232314}', "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_is_urgent_goes_every_way_unasked(world, mails, hooks):
    tell(world, ME, kind=URGENT)
    send_all(world)
    assert [row[:2] for row in deliveries(world)] == [("email", "sent"), ("webhook", "sent")]
    assert json.loads(hooks.calls[0][1])["urgent"] is True


def test_by_default_nothing_leaves(world, mails, hooks):
    tell(world, "b-officer")
    assert deliveries(world) == []
    assert jobs(world) == []


def test_without_an_address_nothing_is_sent_and_nothing_fails(world, mails):
    tell(world, "b-officer", kind=URGENT)
    send_all(world)
    assert deliveries(world) == [("email", "no-address", 0, "")]


# ---- Quiet ----


def test_it_is_said_once_until_one_has_looked(world, mails):
    for _ in range(3):
        tell(world, ME)
    send_all(world)
    assert len(mails.mails) == 1
    world.client(ME).post("/notices/seen/", {"until": "2100-01-01T00:00:00Z"})
    tell(world, ME)
    send_all(world)
    assert len(mails.mails) == 2


def test_what_was_looked_at_meanwhile_is_not_sent(world, mails):
    tell(world, ME)
    world.client(ME).post("/notices/seen/", {"until": "2100-01-01T00:00:00Z"})
    send_all(world)
    assert mails.mails == []
    assert deliveries(world) == [("email", "not-needed", 0, "")]


# ---- What can go wrong ----


def test_sent_twice_it_goes_once(world, mails):
    tell(world, ME)
    for _ in range(2):
        send_all(world)
    assert len(mails.mails) == 1


def test_two_workers_at_once_send_it_once(world, hooks):
    tell(world, ME)
    (delivery,), together = jobs(world), Barrier(3)

    def work():
        together.wait(10)
        tasks.deliver(delivery)
        connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(hooks.calls) == 1


def test_a_dead_receiver_hinders_nobody_and_is_tried_again(world, hooks, settings):
    settings.WEBHOOK_URL = "http://127.0.0.1:9/nobody"
    tell(world, ME)
    with pytest.raises(NotSent, match="did not answer"):
        send_all(world)
    ((_, outcome, attempts, failed),) = deliveries(world)
    assert (outcome, attempts) == ("waiting", 1)
    assert "did not answer" in failed
    settings.WEBHOOK_URL = hooks.url
    send_all(world)
    assert deliveries(world) == [("webhook", "sent", 2, "")]


@pytest.mark.parametrize("status", [500, 403, 302, 307])
def test_a_refusal_is_no_success_and_no_detour_is_taken(world, hooks, status):
    hooks.answers = status
    tell(world, ME)
    with pytest.raises(NotSent, match=str(status)):
        send_all(world)
    assert len(hooks.calls) == 1


def test_in_the_end_it_is_given_up_and_said_so(world, hooks):
    hooks.answers = 500
    tell(world, ME)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(NotSent):
            send_all(world)
    send_all(world)
    assert len(hooks.calls) == MOST_ATTEMPTS
    assert [row[1:3] for row in deliveries(world)] == [("given-up", MOST_ATTEMPTS)]


def test_a_channel_that_was_closed_meanwhile_hinders_nothing(world, hooks, settings):
    tell(world, ME)
    settings.WEBHOOK_URL = ""
    send_all(world)
    assert [row[1] for row in deliveries(world)] == ["no-address"]


def test_what_a_stopped_worker_left_is_queued_again_once(world, hooks):
    tell(world, ME)
    world.owner.execute("update procrastinate_jobs set status = 'doing'")
    tasks.deliver_what_was_left()
    assert len(jobs(world)) == 1
    world.owner.execute("update duties_notice set made_at = now() - interval '10 minutes'")
    for _ in range(2):
        tasks.deliver_what_was_left()
    assert len(jobs(world)) == 2
    send_all(world)
    assert len(hooks.calls) == 1


# ---- A real worker ----


@pytest.fixture
def work(desk):
    """Run a worker, as a service does, until the queue is empty."""

    def run(**environment):
        given = {
            "DAYBOOK_DATABASE_URL": desk.clones.url("daybook_app", desk.database),
            "DAYBOOK_WEBHOOK_SECRET": SECRET,
        }
        command = [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot"]
        done = subprocess.run(
            command, env=os.environ | given | environment, capture_output=True, text=True,
            timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    return run


def test_after_an_hour_without_a_worker_everything_goes_once(world, mails, hooks, work):
    # The worker is another process, and knows no kinds of these tests' own.
    due = kinds["actions-due"].slug
    wish(world, ME, actions_due=["app", "email", "webhook"])
    tell(world, ME, kind=due, person_id=world.people["Amir Kaya"])
    world.owner.execute("update duties_notice set made_at = now() - interval '1 hour'")
    world.owner.execute("update procrastinate_jobs set scheduled_at = now() - interval '1 hour'")
    assert mails.mails == []
    told = work(DAYBOOK_MAIL=f"smtp://127.0.0.1:{mails.port}", DAYBOOK_WEBHOOK=hooks.url)
    work(DAYBOOK_MAIL=f"smtp://127.0.0.1:{mails.port}", DAYBOOK_WEBHOOK=hooks.url)
    assert len(mails.mails) == len(hooks.calls) == 1
    assert [row[1] for row in deliveries(world)] == ["sent", "sent"]
    assert ADDRESS not in told
    assert "Amir" not in told


def test_a_worker_puts_a_dead_receiver_off_until_later(world, hooks, work):
    wish(world, ME, actions_due=["app", "webhook"])
    tell(world, ME, kind="actions-due")
    work(DAYBOOK_WEBHOOK="http://127.0.0.1:9/nobody")
    status, waits = world.owner.execute(
        "select status, scheduled_at > now() from procrastinate_jobs"
        " where task_name like '%%deliver'"
    ).fetchone()
    assert (status, waits) == ("todo", True)


# ---- Settings ----


def test_a_mail_server_is_spoken_to_in_secret():
    assert outside.mail("") == {}
    far = outside.mail("smtp://daybook:p%40ss@mail.example")
    assert (far["port"], far["starttls"], far["password"]) == (587, True, "p@ss")
    assert outside.mail("smtps://mail.example")["ssl"] is True
    assert outside.mail("smtp://localhost:25")["starttls"] is False
    with pytest.raises(ImproperlyConfigured, match="DAYBOOK_MAIL"):
        outside.mail("mail.example:25")


@pytest.mark.parametrize(
    ("address", "secret", "named"),
    [
        ("http://pager.example/hook", SECRET, "https"),
        ("file:///etc/passwd", SECRET, "https"),
        ("https://pager.example/hook", "short", "SECRET"),
    ],
)
def test_a_webhook_that_would_leak_is_refused(address, secret, named):
    with pytest.raises(ImproperlyConfigured, match=named):
        outside.webhook(address, secret)
    assert outside.webhook("https://pager.example/hook", SECRET)
