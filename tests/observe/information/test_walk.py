"""From a report to a confirmed concern, and until it fades, by those who do each step."""

import pytest
from django.urls import reverse

from tests.world import World

from .information_world import (
    AMIR,
    FACT,
    answer,
    ask,
    basis,
    citable,
    confirmed,
    dismiss,
    give,
    grade,
    levels,
    report,
    weigh,
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)

WHO_DECIDES = ("duty-manager", "head-of-unit", "case-lead", "governor")


def page(world: World, who: str, name: str, *args: object) -> str:
    answered = world.client(who).get(reverse(f"information:{name}", args=args))
    assert answered.status_code == 200, (who, name, answered.status_code)
    return answered.content.decode()


def test_a_report_becomes_confirmed_step_by_step_and_fades_with_everybody_told(world: World):
    key = report(world)
    desk = page(world, "analyst", "desk")
    assert "Came in" in desk
    assert str(key) in desk
    assert FACT in page(world, "analyst", "concern", key)
    for step in (
        lambda: grade(world, key),
        lambda: levels(world, key),
        lambda: basis(world, key),
        lambda: weigh(world, key),
        lambda: answer(world, ask(world, key)),
    ):
        step()
        assert "Unconfirmed" in page(world, "analyst", "concern", key)
        assert not citable(world, "analyst")
        for who in WHO_DECIDES:
            assert (
                world.client(who).get(reverse("information:concern", args=[key])).status_code == 404
            )
            assert not citable(world, who)
    answer(world, ask(world, key, kind="clinical", whom="psychologist"), by="psychologist")
    for who in WHO_DECIDES:
        assert citable(world, who) == {key}
        html = page(world, who, "concern", key)
        assert FACT in html
        assert "Confirmed" in html
        assert "A. Wing Officer" not in html
    copy = give(world, key)
    assert FACT in page(world, "probation-officer", "concern", key)
    assert "For the case team alone." in page(world, "probation-officer", "given")

    levels(world, key, capability="low", capability_evidence="Not again since.")
    assert "before: some" in page(world, "analyst", "concern", key)
    dismiss(world, key)
    for who in (*WHO_DECIDES, "probation-officer"):
        assert not citable(world, who)
        assert world.client(who).get(reverse("information:concern", args=[key])).status_code == 404
    assert "It ended" in page(world, "probation-officer", "given")
    assert str(key) not in page(world, "analyst", "desk")
    assert "explained" in page(world, "wing-officer", "mine")
    assert copy
    told = world.owner.execute(
        "select staff_id from duties_notice where kind = 'information-ended'"
    ).fetchall()
    assert told == [(world.staff["probation-officer"],)]


def test_a_decision_that_rested_on_it_is_opened_again(world: World):
    key = confirmed(world)
    sent = world.client("case-lead").post(
        reverse("information:rest-on", args=[key]),
        {"key": "0190f1a0-0000-7000-8000-000000000001", "case": world.cases[AMIR], "why": "Review"},
    )
    assert sent.status_code == 302
    dismiss(world, key)
    uses = page(world, "case-lead", "uses")
    assert "What it rests on ended" in uses
    assert "Look again" in world.client("case-lead").get("/").content.decode()
    [(use,)] = world.owner.execute("select id from information_use").fetchall()
    looked = world.client("case-lead").post(
        reverse("information:look-again", args=[use]), {"words": "The case goes on for its needs."}
    )
    assert looked.status_code == 302
    assert "The case goes on for its needs." in page(world, "case-lead", "uses")
