"""What arrived and can't be saved as it is: its author sees every word, and settles it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from daybook.web.carry.tasks import let_go_of_carried
from tests.world import World

from .envelopes import arrive, envelope

pytestmark = pytest.mark.django_db(transaction=True)

ME, AMIR = "wing-officer", "Amir Kaya"
WORDS = "Spoke of his daughter at length."
SAID = [["contact", "talk"], ["seen_heard", WORDS]]


def only_look(world: World) -> str:
    [(key,)] = world.owner.execute("select id from carry_arrival").fetchall()
    return f"/carry/look/{key}/"


def looked(world: World, **more: Any) -> str:
    assert arrive(world.client(ME), envelope(world, ME, AMIR, said=SAID, **more)) == ["look"]
    return only_look(world)


def days_written(world: World) -> list[Any]:
    return world.owner.execute("select day, seen_heard from reflections_reflection").fetchall()


def test_after_more_than_two_days_its_author_says_whether_it_still_stands(world: World) -> None:
    written = timezone.now() - timedelta(hours=60)
    address, client = looked(world, written=written), world.client(ME)
    assert days_written(world) == []
    page = client.get(address).content.decode()
    day = timezone.localdate(written).isoformat()
    assert WORDS in page
    assert "more than two days" in page
    assert f'value="{day}"' in page
    answer = client.post(address, {"contact": "talk", "seen_heard": WORDS, "day": day})
    assert answer["Location"] == "/carry/look/"
    assert days_written(world) == [(timezone.localdate(written), WORDS)]
    assert client.get(address).status_code == 404


def test_a_clock_that_was_set_meanwhile_asks_for_the_day(world: World) -> None:
    now = timezone.now()
    address = looked(world, stamped=now, written=now + timedelta(hours=9))
    client, said = world.client(ME), {"contact": "talk", "seen_heard": WORDS}
    answer = client.post(address, said)
    assert answer.status_code == 422
    assert "Say which day this is about." in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert client.post(address, said | {"day": timezone.localdate().isoformat()}).status_code == 302
    assert [words for _day, words in days_written(world)] == [WORDS]


def test_somebody_has_moved_out_of_reach(world: World) -> None:
    world.owner.execute("delete from people_stay where person_id = %s", [world.people[AMIR]])
    address, client = looked(world), world.client(ME)
    for page in (address, "/carry/look/"):
        html = client.get(page).content.decode()
        assert "no longer write about" in html
        assert "Amir" not in html
    assert WORDS in client.get(address).content.decode()
    assert client.post(address, {"contact": "talk"}).status_code == 404
    client.post(f"{address}discard/")
    assert world.owner.execute("select outcome, said from carry_arrival").fetchall() == [
        ("discarded", None)
    ]


def test_half_written_at_the_lock_it_waits_with_its_words(world: World) -> None:
    address = looked(world, half=True)
    html = world.client(ME).get(address).content.decode()
    assert WORDS in html
    assert "half written" in html
    assert days_written(world) == []


def test_what_is_wrong_is_said_in_the_forms_own_words(world: World) -> None:
    said = [["contact", "not-seen"], ["difference", "as-usual"]]
    assert arrive(world.client(ME), envelope(world, ME, AMIR, form="round", said=said)) == ["look"]
    assert "Choose how much contact there was" in (
        world.client(ME).get(only_look(world)).content.decode()
    )


def test_its_author_hears_of_it_until_it_is_settled(world: World) -> None:
    address, client = looked(world, half=True), world.client(ME)
    assert "needs a look" in client.get("/notices/").content.decode()
    waits = "select count(*) from duties_notice where seen_at is null and answered_at is null"
    assert world.owner.execute(waits).fetchone() == (1,)
    client.post(address, {"contact": "talk"})
    assert world.owner.execute(waits).fetchone() == (0,)


def test_nobody_else_comes_to_it_by_page_or_by_sql(world: World) -> None:
    address = looked(world, half=True)
    for name in ("personal-officer", "head-of-unit", "governor", "oversight", "administrator"):
        client = world.client(name)
        assert client.get(address).status_code == 404
        assert client.post(address, {"contact": "talk"}).status_code == 404
        assert client.post(f"{address}discard/").status_code == 404
        assert WORDS not in client.get("/carry/look/").content.decode()
        with world.viewing(name), connection.cursor() as cursor:
            cursor.execute("select count(*) from carry_arrival")
            assert cursor.fetchone() == (0,)


def test_many_that_wait_cost_no_more_questions_than_one(world: World) -> None:
    client = world.client(ME)
    arrive(client, envelope(world, ME, AMIR, half=True))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/carry/look/").status_code == 200
        counts.append(len(asked))
        arrive(client, *[envelope(world, ME, "Jonas Petit", half=True) for _ in range(5)])
    assert counts[0] == counts[1]


def test_what_nobody_looked_at_for_a_month_goes_and_only_its_words(world: World) -> None:
    address = looked(world, half=True)
    client = world.client(ME)
    assert "Kept here until" in client.get("/carry/look/").content.decode()
    let_go_of_carried()
    assert client.get(address).status_code == 200
    world.owner.execute("update carry_arrival set arrived_at = now() - interval '31 days'")
    let_go_of_carried()
    assert client.get(address).status_code == 404
    rows = world.owner.execute("select outcome, said from carry_arrival").fetchall()
    assert rows == [("ran-out", None)]
    waits = "select count(*) from duties_notice where answered_at is null"
    assert world.owner.execute(waits).fetchone() == (0,)
    logged = "select count(*) from audit_entry where subject = 'carried entry nobody looked at'"
    assert world.owner.execute(logged).fetchone() == (1,)


def test_nobody_but_daybook_itself_lets_words_go(world: World) -> None:
    looked(world, half=True)
    with world.viewing(ME), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("select daybook.let_go_of_carried(now() - interval '8 days')")
