"""Turns of duty: set down by duty managers, without nonsense, and always with an end."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import AT_AN_ESTABLISHMENT, CLERK, ROLES, Reach
from daybook.foundation.registry.keys import new_key
from tests.world import World

from .concern_world import add_turn, ago

pytestmark = pytest.mark.django_db(transaction=True)

STAFF_ROLES = [role for role in ROLES.values() if role is not CLERK]


def at(minutes: float) -> str:
    return timezone.localtime(timezone.now() + timedelta(minutes=minutes)).strftime(
        "%Y-%m-%dT%H:%M"
    )


def set_down(
    world: World, who: str = "on-call-care", duty: str = "care", by: str = "duty-manager",
    since: float = 0, until: float = 480, **more: Any,
) -> Any:  # fmt: skip
    at_north = f"at-{world.establishments['north']}"
    form = {
        "key": str(new_key()), "who": f"{duty}:{world.staff[who]}", "since": at(since),
        "until": at(until),
    } | more  # fmt: skip
    sent = {f"{at_north}-{name}": value for name, value in form.items()}
    return world.client(by).post(reverse("safety:on-duty"), sent)


def turns(world: World, columns: str = "staff_id, duty") -> list[Any]:
    return world.owner.execute(f"select {columns} from safety_turn").fetchall()


@pytest.mark.parametrize("role", STAFF_ROLES, ids=lambda r: r.key)
def test_duty_managers_set_it_down_and_those_who_work_there_read_it(
    world: World, role: Any
) -> None:
    page = world.client(role.key).get(reverse("safety:on-duty"))
    reads = role.reach in AT_AN_ESTABLISHMENT | {Reach.UNIT}
    assert page.status_code == (200 if reads else 404)
    answer = set_down(world, by=role.key)
    assert answer.status_code == (302 if role.key == "duty-manager" else 404)
    assert len(turns(world)) == (role.key == "duty-manager")


def test_a_turn_always_ends_and_is_only_for_who_holds_the_role(world: World) -> None:
    assert set_down(world, until=-5).status_code == 422
    assert set_down(world, until=60 * 24 * 9).status_code == 422
    assert set_down(world, who="wing-officer").status_code == 422
    assert set_down(world, who="on-call-care", duty="manager").status_code == 422
    assert set_down(world, until=0).status_code == 422
    assert turns(world) == []


def test_nobody_has_the_same_duty_twice_at_a_time(world: World) -> None:
    key = str(new_key())
    assert [set_down(world, key=key).status_code for _ in range(2)] == [302, 302]
    again = set_down(world, since=60)
    assert again.status_code == 422
    assert "at that time already" in again.content.decode()
    assert set_down(world, since=500, until=900).status_code == 302
    assert len(turns(world)) == 2


def test_a_turn_ends_early_and_one_ahead_is_called_off(world: World) -> None:
    now = add_turn(world, "on-call-care", "care")
    ahead = add_turn(world, "on-call-care", "care", since=-600, until=900)
    client = world.client("duty-manager")
    for turn in (now, ahead):
        assert world.client("head-of-unit").post(
            reverse("safety:end-turn", args=[turn])
        ).status_code == 404  # fmt: skip
        assert client.post(reverse("safety:end-turn", args=[turn])).status_code == 302
    html = client.get(reverse("safety:on-duty")).content.decode()
    assert "End it now" not in html
    with pytest.raises(psycopg.Error):
        world.owner.execute("update safety_turn set since = %s", [ago(900)])
