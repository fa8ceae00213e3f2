"""What was contested, struck or erased lives on in nothing that charts keep, not for a moment."""

import threading
import time
from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone

from daybook.foundation.contests.actions import contest, settle
from daybook.foundation.contests.models import Given, Outcome
from daybook.foundation.registry.keys import new_key
from daybook.foundation.retention.actions import erasing
from daybook.observe.reflections.actions import pictures, strikes
from daybook.observe.reflections.vocabulary import Entered
from tests.foundation.erasure_world import leave, list_now, listed, old_reflection
from tests.observe.reflections.person_world import ago, rated_daily
from tests.observe.reflections.test_chart_days import draw, from_the_first_day, kept, written
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

DPO = "data-protection-officer"


@pytest.fixture
def lived(world: World, monkeypatch) -> World:
    monkeypatch.setattr(pictures, "PARAMETERS", replace(pictures.PARAMETERS, replays=200))
    return rated_daily(world, 60)


def take(world: World, entry):
    given = {"words": "It was not me.", "language": "tr", "given": Given.SPOKEN}
    with world.viewing("wing-officer") as viewer:
        return contest(by=viewer, kind="reflection", entry=entry, key=new_key(), **given)


def put(world: World, contested, outcome: Outcome):
    key = new_key()
    with world.viewing("head-of-unit") as viewer:
        settle(by=viewer, contest_id=contested, key=key, outcome=outcome, reasons="Wrong man.")
    return key


def strike(entry, *, by) -> None:
    strikes.strike(
        by=by, kind=Entered.REFLECTION, entry=entry, key=new_key(), reason="Of somebody else."
    )


def test_what_is_contested_goes_at_once_and_comes_back_with_what_was_settled(lived) -> None:
    before = draw(lived)
    contested = take(lived, written(lived, ago(30)))
    assert kept(lived) == []
    meanwhile = draw(lived)
    assert meanwhile != before
    assert from_the_first_day(lived) == meanwhile
    put(lived, contested, Outcome.STANDS)
    assert draw(lived) == before == from_the_first_day(lived)


def test_a_contest_of_these_days_has_nothing_to_forget(lived) -> None:
    draw(lived)
    take(lived, written(lived, ago(1)))
    assert kept(lived)


def test_what_was_settled_as_to_be_erased_is_in_nothing_that_was_kept_since(lived) -> None:
    draw(lived)
    erasure = put(lived, take(lived, written(lived, ago(30))), Outcome.ERASED)
    draw(lived)
    with lived.viewing(DPO) as viewer:
        assert erasing.approve(by=viewer, key=erasure) > 0
    assert kept(lived) == []
    assert draw(lived) == from_the_first_day(lived)


def test_what_is_erased_at_its_limit_takes_what_was_kept_with_it(lived) -> None:
    old_reflection(lived, "Jonas Petit")
    leave(lived, "Jonas Petit")
    list_now()
    draw(lived)
    assert kept(lived)
    with lived.viewing("governor") as viewer:
        due = listed("reflection", lived.people["Jonas Petit"])
        erasing.propose(by=viewer, key=due, reason="Its limit has passed.")
    assert kept(lived), "it stands until two have said so"
    with lived.viewing(DPO) as viewer:
        erasing.approve(by=viewer, key=due)
    assert kept(lived) == []
    assert draw(lived) == from_the_first_day(lived)


def test_what_was_struck_while_charts_were_drawn_is_not_kept_afterwards(lived, monkeypatch) -> None:
    keep = pictures._keep_days

    def struck_meanwhile(*given):
        with lived.viewing("head-of-unit") as viewer:
            strike(written(lived, ago(30)), by=viewer)
        keep(*given)

    monkeypatch.setattr(pictures, "_keep_days", struck_meanwhile)
    draw(lived)
    assert kept(lived) == []


def test_keeping_waits_for_whoever_is_at_it_and_then_keeps_nothing(lived) -> None:
    def drawn():
        try:
            with lived.viewing("clerk") as clerk:
                pictures.draw(
                    by=clerk,
                    establishment_id=lived.establishments["north"],
                    today=timezone.localdate(),
                )
        finally:
            connection.close()

    drawing = threading.Thread(target=drawn)
    with lived.viewing("head-of-unit") as viewer:
        strike(written(lived, ago(30)), by=viewer)
        drawing.start()
        waits_by = time.monotonic() + 60
        while not waiting(lived) and time.monotonic() < waits_by:
            time.sleep(0.05)
        assert waiting(lived)
        assert kept(lived) == []
    drawing.join(timeout=60)
    assert not drawing.is_alive()
    assert kept(lived) == []


def waiting(world: World) -> bool:
    return world.owner.execute(
        "select exists (select from pg_locks where locktype = 'advisory' and not granted"
        " and mode = 'ExclusiveLock')"
    ).fetchone()[0]
