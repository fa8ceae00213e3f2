"""Kill one part after the other under load, and count what stands afterwards."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from time import sleep

from bench.daily import daybook_site

from .service import Fault, Service
from .writing import STEPS, Written, at_work

OFFICERS = 6
LONGEST_PEACE = 1.2
"""Seconds at most from one being back to the next being killed."""


@dataclass(frozen=True)
class Counted:
    """What the database holds, seen by its owner, beside what the officers were told."""

    acknowledged: int
    pressed_again: int
    lost: int
    """Answered for as saved, and not there."""
    half_written: int
    """Entries without all their ratings or without their line in the log, and the reverse."""
    faults: Counter[Fault]


def kill_and_count(
    service: Service,
    times: int,
    *,
    seed: int,
    told: Callable[[int, Written], None] = lambda done, written: None,
) -> Counted:
    """``times`` faults drawn by ``seed`` while six officers write; each kind in its turn first."""
    random = Random(seed)
    first = random.sample(list(Fault), len(Fault))
    with at_work(daybook_site.target(service.address, wing=1), OFFICERS) as written:
        for turn in range(times):
            sleep(random.uniform(0.1, LONGEST_PEACE))
            service.strike(first[turn] if turn < len(first) else random.choice(first), random)
            told(turn + 1, written)
        sleep(LONGEST_PEACE)
    return count(service, written)


def count(service: Service, written: Written) -> Counted:
    with service.owner() as owner:
        lost = owner.execute(_LOST, [written.reflections, written.concerns]).fetchone()
        half = owner.execute(_HALF_WRITTEN, [STEPS]).fetchone()
    assert lost is not None
    assert half is not None
    return Counted(
        len(written), written.pressed_again, int(lost[0]), int(half[0]), Counter(service.done)
    )


_LOST = """
    select (select count(*) from unnest(%s::uuid[]) as told(key)
             where not exists (select from reflections_reflection r where r.id = told.key))
         + (select count(*) from unnest(%s::uuid[]) as told(key)
             where not exists (select from safety_concern c where c.id = told.key))
"""

# The service was filled without a log: what the log names since then, and what is there.
_HALF_WRITTEN = """
    with logged as (
        select record, subject, count(*) as times
          from audit_log
         where kind = 'collection' and subject in ('reflection', 'concern')
         group by record, subject
    ), there as (
        select r.id::text as record, 'reflection' as subject,
               (select count(*) from reflections_rating g where g.reflection_id = r.id) = %s
                   as whole
          from reflections_reflection r
         where r.saved_at > (select min(began_at) from staff_signin)
        union all
        select c.id::text, 'concern',
               exists (select from duties_notice n where n.person_id = c.person_id)
          from safety_concern c
    )
    select count(*)
      from there full join logged using (record, subject)
     where logged.times is distinct from 1 or there.whole is not true
"""
