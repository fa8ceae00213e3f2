"""Whatever happens in whatever order: a concern is answered, or called for, and never lost."""

from datetime import timedelta

import pytest
from django.conf import settings as service
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybook.foundation.registry.cannot import Cannot
from daybook.observe.safety.actions.calling import first_and_call_on
from daybook.observe.safety.actions.concerns import end_concern, take_up
from daybook.observe.safety.rules.concerns import step_due
from daybook.observe.safety.tasks import call_on
from daybook.observe.safety.vocabulary import Step
from tests.world import World

from .concern_world import add_concern, add_turn

pytestmark = pytest.mark.django_db(transaction=True)

MINUTES = st.integers(0, 40)
HAPPENS = st.sampled_from(["worker", "board", "off duty", "answer", "end early", "end"])
LOOKED_AT = ("worker", "board")
# Each walks through the database; `make thorough` walks through more of them.
EVENINGS = 25 if settings.default.max_examples <= 100 else 100


class Evening:
    """One concern, as time goes by."""

    def __init__(self, world: World) -> None:
        self.world, self.key = world, add_concern(world)

    def wait(self, minutes: int) -> None:
        self.world.owner.execute(
            "update safety_concern set raised_at = raised_at - %s where id = %s",
            [timedelta(minutes=minutes), self.key],
        )

    def happen(self, what: str) -> None:
        if what == "worker":
            call_on()
        elif what == "board":
            with self.world.viewing("wing-officer") as viewer:
                first_and_call_on(viewer=viewer, people=[self.world.people["Amir Kaya"]])
        else:
            who = {"off duty": "on-call-care", "answer": "second-care"}.get(what, "duty-manager")
            try:
                with self.world.viewing(who) as viewer:
                    if what.startswith("end"):
                        end_concern(by=viewer, concern_id=self.key, how="helped", words="Talked.")
                    else:
                        take_up(by=viewer, concern_id=self.key)
            except Cannot:
                pass  # Told in a sentence why not; tests of their own read it.

    def stands(self) -> tuple[timedelta, str | None, bool]:
        """How long it waits, who took it up, whether it ended."""
        return self.world.owner.execute(
            "select now() - raised_at, (select username from staff_staff s"
            " where s.id = acknowledged_by_id), ended_at is not null"
            " from safety_concern where id = %s", [self.key],
        ).fetchone()  # fmt: skip

    def steps(self) -> set[str]:
        rows = self.world.owner.execute(
            "select distinct step from safety_call where concern_id = %s", [self.key]
        )
        return {step for (step,) in rows}

    def waiting(self) -> int:
        return self.world.owner.execute(
            "select count(*) from duties_notice where once like %s and answered_at is null",
            [f"concern:{self.key}:%"],
        ).fetchone()[0]


@pytest.mark.timeout(1800)
@settings(
    max_examples=EVENINGS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(evening=st.lists(st.tuples(MINUTES, HAPPENS), min_size=1, max_size=8))
def test_a_concern_is_never_silently_unanswered(
    world: World, evening: list[tuple[int, str]]
) -> None:
    if "second-care" not in world.staff:
        world.add_staff("second-care", "on-call-care", establishment="north")
        add_turn(world, "second-care", "care", since=600, until=600)
        world.owner.execute("alter table safety_concern disable trigger safety_concern_kept")
    one = Evening(world)
    for minutes, what in evening:
        one.wait(minutes)
        one.happen(what)
        waited, answered_by, ended = one.stands()
        assert answered_by in (None, "second-care"), "only who is on duty"
        assert not ended or answered_by, "nothing ends that nobody took up"
        if answered_by:
            assert one.waiting() == 0
        elif what in LOOKED_AT and waited >= service.ANSWER_WITHIN:
            now = timezone.now()
            due = step_due(now - waited, now=now, within=service.ANSWER_WITHIN)
            assert one.steps() & set(list(Step)[list(Step).index(due) :])
            assert one.waiting() > 0
