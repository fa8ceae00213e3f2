"""Writing a report: what it takes, what it refuses, and what is heard whatever becomes of it."""

from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.observe.information.models import Report
from tests.world import World

from .information_world import AMIR, FACT, ask, report, today, words

pytestmark = pytest.mark.django_db(transaction=True)

FAITH = "He has begun to pray five times a day and grows a beard."


def sent(**more: Any) -> dict[str, Any]:
    said = {name: value for name, value in words().items() if value not in (None, [], "")}
    return {**said, "key": new_key(), "whoever": "on", **more}


def write(world: World, by: str = "wing-officer", about: str | None = AMIR, **more: Any) -> Any:
    name, args = ("report-on", [world.people[about]]) if about else ("report", [])
    return world.client(by).post(reverse(f"information:{name}", args=args), sent(**more))


def rows(world: World, table: str) -> int:
    return world.owner.execute(f"select count(*) from {table}").fetchone()[0]


def holds(world: World, words: str) -> list[str]:
    """The tables in which the words stand, anywhere."""
    tables = world.owner.execute("select tablename from pg_tables where schemaname = 'public'")
    return [
        table
        for (table,) in tables.fetchall()
        if world.owner.execute(
            f"select count(*) from {table} t where t::text like %s", [f"%{words}%"]
        ).fetchone()[0]
    ]


def test_a_report_stands_at_the_desk_with_what_the_day_was_like(world: World):
    world.owner.execute("update places_unit set regime = 'Out for five hours'")
    world.insert(
        "places_unitday", unit_id=world.units["a"], day=today(), staff_present=3, staff_needed=5,
        hours_out=2, hours_locked_down=4, incident="", event="The boiler failed",
        feast="A high feast",
    )  # fmt: skip
    assert write(world, regime="A fight the night before.").status_code == 302
    [(regime,)] = world.owner.execute("select regime from information_report").fetchall()
    for said in (
        "Out for five hours",
        "3 of 5 staff",
        "lock-down: 4",
        "The boiler failed",
        "fight",
    ):
        assert said in regime
    assert "feast" not in regime


def test_twice_is_once(world: World):
    key = new_key()
    for _ in range(2):
        assert write(world, key=key).status_code == 302
    assert rows(world, "information_report") == rows(world, "information_concern") == 1


@pytest.mark.parametrize("by", ["wing-officer", "chaplain", "analyst", "activity-staff"])
def test_religious_practice_is_no_information_and_nothing_of_it_is_kept(world: World, by: str):
    refused = write(world, by, behaviour="practice", fact=FAITH, how="He prays.", assessment=FAITH)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "This is no information" in html
    assert "harms nobody" in html
    assert "Then describe that" in html
    assert FAITH not in html
    assert not rows(world, "information_report")
    assert not holds(world, "five times a day")


@pytest.mark.parametrize(
    "wrong",
    [
        {"behaviour": "practice"}, {"harmed": []}, {"how": ""}, {"whoever": False},
        {"harmed": ["faith"]}, {"ordinary_words": ""}, {"ordinary": ""},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_knows_no_such_behaviour_and_no_report_without_harm(
    world: World, wrong: dict[str, Any]
):
    row = Report(
        id=new_key(), person_id=world.people[AMIR], written_by_id=world.staff["wing-officer"],
        establishment_id=world.establishments["north"], written_at=timezone.now(), **words(**wrong),
    )  # fmt: skip
    with world.viewing("wing-officer"), pytest.raises(IntegrityError, match="violates check"):
        Report.objects.bulk_create([row])
    assert not rows(world, "information_report")


@pytest.mark.parametrize(
    "said",
    [{}, {"behaviour": "practice"}, {"fact": ""}, {"happened_on": "2031-01-01"}],
    ids=["taken", "no information", "incomplete", "wrong day"],
)
def test_a_fear_for_somebody_is_heard_whatever_becomes_of_the_report(world: World, said: Any):
    key = new_key()
    for _ in range(2):
        answer = write(world, key=key, fears=["self-harm", "coercion"], **said)
        assert answer.status_code == (302 if not said else 422)
    kinds = world.owner.execute("select kind from safety_concern order by kind").fetchall()
    assert kinds == [("coercion",), ("self-harm",)]
    if said:
        assert "were called" in answer.content.decode()


def test_somebody_out_of_reach_loses_nothing_typed(world: World):
    for number, name in (("A1", AMIR), ("C9", "Cem Demir")):
        world.insert(
            "people_identifier", person_id=world.people[name], system="prison", number=number
        )
    for number in ("C9", "nobody"):
        refused = write(world, about=None, number=number)
        assert refused.status_code == 422
        assert FACT in refused.content.decode()
        assert "Nobody you work with has this number" in refused.content.decode()
        feared = write(world, about=None, number=number, fears=["self-harm"])
        assert "Nobody was called" in feared.content.decode()
    assert write(world, about=None, number=" A1 ").status_code == 302
    assert write(world, about="Cem Demir").status_code == 404
    assert rows(world, "information_report") == 1


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("ordinary", "there always is one"),
        ("ordinary_words", "what speaks for the ordinary explanation"),
        ("harmed", "If nobody could be harmed, this is no report"),
        ("whoever", "then it is no information"),
        ("sure", "Choose how you know"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence_and_the_rest_stays(
    world: World, missing: str, sentence: str
):
    said = sent()
    del said[missing]
    refused = world.client("wing-officer").post(
        reverse("information:report-on", args=[world.people[AMIR]]), said
    )
    assert refused.status_code == 422
    assert sentence in refused.content.decode().replace("&#x27;", "’")
    assert FACT in refused.content.decode()


def test_one_s_own_reflection_is_laid_beside_with_a_reason_and_the_desk_reads_that_one(
    world: World,
):
    mine = world.add_reflection(AMIR, "wing-officer", seen_heard="He asked twice for his canteen.")
    other = world.add_reflection(AMIR, "wing-officer", seen_heard="He sang in the shower.")
    theirs = world.add_reflection(AMIR, "personal-officer", seen_heard="He wrote a letter.")
    without = write(world, reflection=str(mine), reflection_reason="")
    assert without.status_code == 422
    assert "why the reflection belongs" in without.content.decode()
    assert write(world, reflection=str(theirs), reflection_reason="x").status_code == 422
    assert (
        write(world, reflection=str(mine), reflection_reason="The same morning.").status_code == 302
    )
    [(key,)] = world.owner.execute("select id from information_concern").fetchall()
    html = world.client("analyst").get(reverse("information:concern", args=[key])).content.decode()
    assert "He asked twice for his canteen." in html
    assert "He sang" not in html
    assert other


def test_a_case_lead_who_is_asked_lays_anybody_s_reflection_beside_it(world: World):
    key = report(world)
    theirs = world.add_reflection(AMIR, "wing-officer", seen_heard="He gave his bread away.")
    for who in ("case-lead", "psychologist"):
        asking = ask(world, key, whom=who)
        said = {
            "key": new_key(), "reply": "given", "words": "I know him.",
            "reflection": str(theirs), "reflection_reason": "The same week.",
        }  # fmt: skip
        answered = world.client(who).post(reverse("information:answer", args=[asking]), said)
        assert answered.status_code == 302
    html = world.client("analyst").get(reverse("information:concern", args=[key])).content.decode()
    assert "He gave his bread away." in html
    # To whoever leads no case it is not offered, and what was sent of it is nothing.
    assert rows(world, "information_attachment") == 1


def test_a_list_asks_as_much_for_three_as_for_one(world: World):
    client = world.client("analyst")
    counts = []
    for _ in range(2):
        report(world)
        report(world, about="Bao Tran", by="b-officer")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("information:desk")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 16


def test_a_source_is_a_reference_and_who_it_is_stays_with_the_custodian(world: World):
    source = new_key()
    assert write(world, source=source).status_code == 302
    [(key,)] = world.owner.execute("select id from information_concern").fetchall()
    html = world.client("analyst").get(reverse("information:concern", args=[key])).content.decode()
    assert "from a source, whom the custodian knows" in html
    assert str(source) not in html
