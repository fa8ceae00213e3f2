"""How many people were monitored on a day: on the page, as a file, and never a small number."""

import csv
import re
from datetime import date, timedelta
from html import unescape
from io import StringIO

import pytest
from django.db import connection
from django.utils import timezone

from daybook.foundation.access.roles import ROLES
from daybook.observe.information.queries.counts import CountsOn, counts_on
from tests.observe.information.fairness_world import crowd, report_on, step
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

PAGE, FILE = "/information/counts/", "/information/counts/file/"
COUNTS = {"governor", "oversight", "data-protection-officer"}
ACT = "Prison Act, section 12"


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def count(world: World, day: date, who: str = "governor") -> CountsOn:
    with world.viewing(who) as viewer:
        return counts_on(day, viewer=viewer)


def numbers(found: CountsOn, table: int, row: int = 0) -> dict[str, int | None]:
    shown = found.tables[table].rows[row]
    return {**dict(shown.columned), "in all": shown.whole}


def reported(world: World, number: int, days: int, unit: str = "a", **more: str) -> list[object]:
    """So many people, each with a concern that was opened so many days ago."""
    at = timezone.now() - timedelta(days=days)
    return [report_on(world, person, at=at, **more) for person in crowd(world, number, unit)]


def test_a_concern_counts_from_its_first_day_until_it_ended_or_lapsed(world: World) -> None:
    concerns = reported(world, 8, days=20)
    for concern in concerns:
        step(world, concern, "ended", ended_how="explained", at=timezone.now() - timedelta(days=5))
    reported(world, 6, days=60)  # lapsed 28 days after
    assert numbers(count(world, ago(21)), 0)["in all"] == 0
    assert numbers(count(world, ago(20)), 0)["in all"] == 8
    assert numbers(count(world, ago(6)), 0)["in all"] == 8
    assert numbers(count(world, ago(5)), 0)["in all"] == 0
    assert numbers(count(world, ago(32)), 0)["in all"] == 6
    assert numbers(count(world, ago(31)), 0)["in all"] == 0


def test_a_person_with_two_concerns_counts_once(world: World) -> None:
    people = crowd(world, 7)
    for person in [*people, *people[:3]]:
        report_on(world, person, at=timezone.now() - timedelta(days=3))
    assert numbers(count(world, ago(0)), 0)["in all"] == 7


def test_by_legal_status_as_it_was_on_that_day(world: World) -> None:
    people = crowd(world, 12)
    for person in people:
        report_on(world, person, at=timezone.now() - timedelta(days=10))
    world.owner.execute(
        "update people_legalstatus set status = 'remand', until = %s where person_id = any(%s)",
        [ago(4), people[:6]],
    )
    for person in people[:6]:
        world.insert("people_legalstatus", person_id=person, status="sentenced", since=ago(3))
    before, since = numbers(count(world, ago(4)), 0), numbers(count(world, ago(3)), 0)
    assert (before["on remand"], before["sentenced"], before["in all"]) == (6, 6, 12)
    assert (since["on remand"], since["sentenced"], since["in all"]) == (0, 12, 12)


def test_by_the_law_in_force_that_day_or_none_yet(world: World) -> None:
    concerns = reported(world, 14, days=10)
    for concern in concerns[:7]:
        step(world, concern, "basis", ACT, at=timezone.now() - timedelta(days=6))
    assert numbers(count(world, ago(8)), 1) == {"none yet": 14, "in all": 14}
    assert numbers(count(world, ago(5)), 1) == {ACT: 7, "none yet": 7, "in all": 14}


def test_a_law_that_stands_for_a_few_is_not_named(world: World) -> None:
    concerns = reported(world, 20, days=10)
    for concern in concerns[:9]:
        step(world, concern, "basis", ACT, at=timezone.now() - timedelta(days=6))
    for number, concern in enumerate(concerns[9:15]):
        step(world, concern, "basis", f"Order {number} about one man",
             at=timezone.now() - timedelta(days=6))  # fmt: skip
    found = numbers(count(world, ago(0)), 1)
    assert found == {ACT: 9, "another law": 6, "none yet": 5, "in all": 20}


def test_a_small_number_is_not_shown_nor_what_would_give_it_away(world: World) -> None:
    people = crowd(world, 15)
    for person in people:
        report_on(world, person, at=timezone.now() - timedelta(days=2))
    world.owner.execute(
        "update people_legalstatus set status = 'remand' where person_id = any(%s)", [people[:3]]
    )
    found = count(world, ago(0))
    assert numbers(found, 0) == {
        "on remand": None, "sentenced": None, "conditionally released": 0, "on probation": 0,
        "ended": 0, "not known": 0, "in all": 15,
    }  # fmt: skip
    html = world.client("governor").get(PAGE).content.decode()
    assert "Not shown: fewer than five" in html


def test_those_who_watch_over_all_see_each_place_and_all_of_them(world: World) -> None:
    reported(world, 9, days=4)
    reported(world, 6, days=4, unit="c", establishment="south")
    found = count(world, ago(0), "oversight")
    assert [row.name for row in found.tables[0].rows] == ["North", "South", "in all"]
    assert [row.whole for row in found.tables[0].rows] == [9, 6, 15]
    assert [row.name for row in count(world, ago(0)).tables[0].rows] == ["North"]


def test_a_day_nobody_can_be_counted_on_gets_a_sentence(world: World) -> None:
    assert "ever reported" in count(world, ago(0)).sentence
    reported(world, 6, days=5)
    assert "still to come" in count(world, ago(-1)).sentence
    assert "before the first report" in count(world, ago(6)).sentence
    client = world.client("governor")
    for day, said in (
        ("2199-01-01", "still to come"),
        ("0001-01-01", "before the first report"),
        ("yesterday", "That is no day."),
        ("2026-13-45", "That is no day."),
        ("\0", "That is no day."),
    ):
        answer = client.get(PAGE, {"day": day})
        assert answer.status_code in {200, 422}
        assert said in answer.content.decode(), day


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_who_counts(world: World, role: str) -> None:
    reported(world, 6, days=5)
    if role != "clerk":
        expected = 200 if role in COUNTS else 404
        client = world.client(role)
        assert client.get(PAGE).status_code == expected
        assert client.post(FILE, {"day": ago(0).isoformat()}).status_code == expected
    with world.viewing(role), connection.cursor() as cursor:
        cursor.execute("select count(*) from daybook.people_counted(current_date, now())")
        assert bool(cursor.fetchone()[0]) is (role in COUNTS)


def test_the_file_shows_what_the_page_shows_and_the_log_keeps_who_took_it(world: World) -> None:
    concerns = reported(world, 12, days=3)
    for concern in concerns[:6]:
        step(world, concern, "basis", '=HYPERLINK("http://evil.example")')
    answer = world.client("governor").post(FILE, {"day": ago(0).isoformat()})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"counts-{ago(0)}.csv" in answer["Content-Disposition"]
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["day", "counted by", "establishment", "kind", "people"]
    assert [str(ago(0)), "By legal status", "North", "sentenced", "12"] in rows
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    page = world.client("governor").get(PAGE).content.decode()
    shown = re.findall(r"<dd>(?:<span[^>]*>)?(not shown|\d+)", page)
    assert shown == [row[4] for row in rows[1:]]
    logged = world.owner.execute(
        "select kind, subject, people from audit_entry where subject ~ 'as a file'"
    ).fetchall()
    assert logged == [("combination", f"counts of people monitored on {ago(0)}, as a file", [])]


def test_a_file_of_a_day_without_counts_is_refused_in_words(world: World) -> None:
    client = world.client("governor")
    for day in (ago(-3).isoformat(), "", "never"):
        answer = client.post(FILE, {"day": day})
        assert answer.status_code == 422
        assert "text/html" in answer["Content-Type"]
    said = unescape(client.post(FILE, {"day": ago(-3).isoformat()}).content.decode())
    assert "still to come" in said
