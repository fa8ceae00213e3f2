"""Kill -9 of any part at any moment: what was answered for is there, whole, and once."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .kills import kill_and_count
from .service import Fault, Service, start_worker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

DRAW = "daybook.observe.reflections.tasks.draw_charts"
TAKE_UP = "daybook.foundation.duties.tasks.take_up_again"


def test_ten_kills_lose_nothing_that_was_answered_for_and_leave_nothing_half_written(
    service: Service,
) -> None:
    counted = kill_and_count(service, 10, seed=20_261_128)
    assert counted.acknowledged > 100
    assert counted.pressed_again > 0, "no fault was felt: this test would prove nothing"
    assert set(counted.faults) == set(Fault)
    assert (counted.lost, counted.half_written) == (0, 0)
    # The sequencer was killed, too: every entry has one number, and each head still holds.
    daybook = Path(sys.executable).with_name("daybook")
    subprocess.run([daybook, "audit", "number"], env=service.environment, check=True)
    checked = subprocess.run(
        [daybook, "audit", "verify", "--json"],
        env=service.environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    told = json.loads(checked.stdout)
    assert told["whole"]
    assert told["entries"] > counted.acknowledged
    assert told["heads"] > 1


def test_what_a_killed_worker_held_is_taken_up_again(service: Service) -> None:
    """Charts are drawn under a lock: a job held for ever would keep them from being drawn again."""
    with service.owner() as owner, service.owner() as busy:
        # Earlier kills may have left the same work held: its lock would keep ours from beginning.
        _take_up(service, owner)
        busy.execute("begin")
        busy.execute("lock table reflections_picture in access exclusive mode")
        _queue(owner, DRAW)
        held = _waits_for_the_lock(owner)
        service.worker.kill()
        service.worker.wait()
        busy.execute("rollback")
        assert _status(owner, held) == "doing"

        _take_up(service, owner)
        _wait(owner, held, "succeeded", "failed")
        if _status(owner, held) == "failed":
            # The same work waited already, as it does every ten minutes: that one is done.
            _wait(owner, _queue(owner, DRAW), "succeeded")


def _waits_for_the_lock(owner):
    """The drawing that has begun: ours, or the one of every ten minutes if that came first."""
    give_up = time.monotonic() + 120
    while True:
        row = owner.execute(
            "select j.id from procrastinate_jobs j where j.task_name = %s and j.status = 'doing'"
            " and exists (select from pg_locks l where not l.granted"
            " and l.relation = 'reflections_picture'::regclass)",
            [DRAW],
        ).fetchone()
        if row:
            return row[0]
        assert time.monotonic() < give_up, "No drawing ever came to the lock."
        time.sleep(0.1)


def _take_up(service, owner):
    """Do at once what a minute without a sign of life from the killed would do."""
    service.worker.kill()
    service.worker.wait()
    owner.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 min'")
    service.worker = start_worker(service.environment)
    _wait(owner, _queue(owner, TAKE_UP), "succeeded")


def _queue(owner, task):
    row = owner.execute(
        "insert into procrastinate_jobs (task_name, queue_name, lock, args)"
        " values (%s, 'default', %s, '{\"timestamp\": 0}') returning id",
        [task, "draw-charts" if task == DRAW else None],
    ).fetchone()
    owner.execute("select pg_notify('procrastinate_any_queue_v1', '{\"type\": \"job_inserted\"}')")
    return row[0]


def _status(owner, job):
    return owner.execute(
        "select status::text from procrastinate_jobs where id = %s", [job]
    ).fetchone()[0]


def _wait(owner, job, *statuses):
    give_up = time.monotonic() + 120
    while (now := _status(owner, job)) not in statuses:
        assert time.monotonic() < give_up, f"The job stayed {now}."
        time.sleep(0.1)
