"""``daybook import ratings``: what somebody who brings a file can rely on."""

import csv
import os
import signal
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from django.db import transaction
from django.utils import timezone

from daybook.foundation.access.clerk import at_the_desk
from daybook.observe.reflections.actions.pictures import draw
from tests.imports.conftest import Service

ROOT = Path(__file__).resolve().parents[2]
DIARY = ROOT.parent / "shared" / "data" / "daily_mood_one_person_239_days.csv"
MAP = """
source: paper-book
date: {column: date}
time: {column: time}
person: {system: prison, column: number}
rater: {column: officer}
contact: talk
channels:
  mood: {column: mood, scale: [0, 10]}
  tension: {column: tension, scale: [1, 5]}
"""
HEADER = "date,time,number,officer,mood,tension\n"


def a_day(days_ago: int) -> str:
    return (timezone.localdate() - timedelta(days=days_ago)).isoformat()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Three good rows, one without a rating."""
    file = tmp_path / "book.csv"
    file.write_text(
        HEADER
        + f"{a_day(3)},09:30,A1,wing-officer,0,1\n"
        + f"{a_day(3)},09:40,B1,wing-officer,5,NA\n"
        + f"{a_day(2)},21:00,A1,personal-officer,10,5\n"
        + f"{a_day(2)},21:00,A2,personal-officer,,NA\n"
    )
    (tmp_path / "map.yaml").write_text(MAP)
    return file


def bring(service: Service, file: Path, *more: str, by: str = "wing-officer") -> Result:
    return service.run("ratings", file, "--map", file.parent / "map.yaml", "--by", by, *more)


def rejects_of(file: Path) -> list[dict[str, str]]:
    with file.with_name(f"{file.name}.rejects.csv").open(encoding="utf-8-sig") as handle:
        return list(csv.DictReader(handle))


def test_rows_become_signed_entries_of_their_raters(service: Service, book: Path) -> None:
    told = bring(service, book)
    assert told.exit_code == 0, told.stderr
    assert "4 rows: 3 added, 1 without anything to bring in." in told.stderr
    found = service.all(
        "select p.given_name, s.username, u.code, r.day, r.contact, r.form,"
        "  (select array_agg(c.key || ' ' || t.step order by c.key)"
        "     from reflections_rating t join reflections_channel c on c.id = t.channel_id"
        "    where t.reflection_id = r.id)"
        "  from reflections_reflection r join people_person p on p.id = r.person_id"
        "  join staff_staff s on s.id = r.author_id join places_unit u on u.id = r.unit_id"
        " order by r.saved_at"
    )
    day3, day2 = (timezone.localdate() - timedelta(days=n) for n in (3, 2))
    assert found == [
        ("Amir", "wing-officer", "a", day3, "talk", "short", ["mood 1", "tension 1"]),
        ("Bao", "wing-officer", "b", day3, "talk", "short", ["mood 3"]),
        ("Amir", "personal-officer", "a", day2, "talk", "short", ["mood 5", "tension 5"]),
    ]


def test_whoever_brings_them_in_stands_in_the_log_once_a_row(service: Service, book: Path) -> None:
    bring(service, book, by="head-of-unit")
    logged = service.all(
        "select s.username, e.kind, e.people, e.reason from audit_entry e"
        "  join staff_staff s on s.key = e.staff_key where e.subject = 'reflection'"
    )
    assert len(logged) == 3
    assert {row[:2] for row in logged} == {("head-of-unit", "collection")}
    assert {row[3] for row in logged} == {"import of book.csv"}
    signed_in = "select through, ended_at is not null from staff_signin where through = 'command'"
    assert service.all(signed_in) == [("command", True)]


def test_the_same_file_again_adds_nothing(service: Service, book: Path) -> None:
    bring(service, book)
    again = bring(service, book)
    assert again.exit_code == 0
    assert "4 rows: 3 there already, 1 without anything to bring in." in again.stderr
    assert service.one("select count(*) from reflections_reflection") == 3


def test_a_dry_run_tells_the_same_and_writes_nothing(service: Service, book: Path) -> None:
    before = service.one("select count(*) from audit_entry")
    book.write_text(book.read_text() + f"{a_day(1)},08:00,X9,wing-officer,1,1\n")
    told = bring(service, book, "--dry-run")
    assert told.exit_code == 3
    assert "3 would be added" in told.stderr
    assert "1 would be refused" in told.stderr
    assert service.one("select count(*) from reflections_reflection") == 0
    assert service.one("select count(*) from audit_entry") == before
    assert not book.with_name("book.csv.rejects.csv").exists()


def test_every_bad_row_comes_back_with_its_number_column_and_reason(
    service: Service, book: Path
) -> None:
    rubbish = [
        (f"{a_day(-1)},09:00,A1,wing-officer,5,3", "date", "is still to come"),
        ("31/31/2024,09:00,A1,wing-officer,5,3", "date", "is not a date written like 2024-12-31"),
        ("1901-01-01,09:00,A1,wing-officer,5,3", "date", "is more than fifty years ago"),
        (f"{a_day(1)},25:61,A1,wing-officer,5,3", "time", "is not a time of day"),
        (f"{a_day(1)},09:00,Z9,wing-officer,5,3", "number", "no person has this number"),
        (f"{a_day(1)},09:00,A1,a-stranger,5,3", "officer", "no member of staff has this number"),
        (f"{a_day(1)},09:00,A1,daybook,5,3", "officer", "no member of staff has this number"),
        (f"{a_day(1)},09:00,A1,wing-officer,NaN,3", "mood", "is not a number"),
        (f"{a_day(1)},09:00,A1,wing-officer,inf,3", "mood", "is not a number"),
        (f"{a_day(1)},09:00,A1,wing-officer,1e3,3", "mood", "is not a number"),
        (f"{a_day(1)},09:00,A1,wing-officer,10.01,3", "mood", "is off its scale, 0 to 10"),
        (f"{a_day(1)},09:00,A1,wing-officer,x,0", "mood; tension", "is not a number; is off its"),
        (f"{a_day(1)},09:00,,wing-officer,5,3", "number", "is empty"),
        (f"{a_day(1)},09:00,A1", "", "the row has not as many cells as the header"),
        (f'{a_day(1)},09:00,A1,"wing-officer,5,3', "", "a quotation mark is out of place"),
        (f"{a_day(1)},09:00,A1,wing\0officer,5,3", "", "a cell holds a NUL character"),
        (f"{a_day(3)},09:30,A1,wing-officer,9,1", "", "were brought in with other ratings"),
    ]
    good = book.read_text()
    book.write_text(good + "".join(f"{row}\n" for row, _column, _reason in rubbish))
    told = bring(service, book)
    assert told.exit_code == 3
    assert f"3 added, 1 without anything to bring in, {len(rubbish)} refused" in told.stderr
    for place, (found, (_row, column, reason)) in enumerate(
        zip(rejects_of(book), rubbish, strict=True)
    ):
        assert found["refused row"] == str(6 + place)
        assert found["refused column"] == column
        assert reason in found["refused because"]


def test_mended_rejects_come_in_by_the_same_map(service: Service, book: Path) -> None:
    book.write_text(HEADER + f"{a_day(1)},09:00,A1,wing-officer,11,3\n")
    bring(service, book)
    rejects = book.with_name("book.csv.rejects.csv")
    rejects.write_text(rejects.read_text(encoding="utf-8-sig").replace(",11,", ",1,"))
    assert "1 row: 1 added." in bring(service, rejects).stderr


def test_rejects_hold_no_formula_and_only_their_maker_reads_them(
    service: Service, book: Path
) -> None:
    book.write_text(HEADER + f'{a_day(1)},09:00,"=HYPERLINK(""x"")",@sum,-3,+x\n')
    bring(service, book)
    (found,) = rejects_of(book)
    assert found["number"] == '\'=HYPERLINK("x")'
    assert found["officer"] == "'@sum"
    assert found["mood"] == "-3"
    assert found["tension"] == "'+x"
    assert book.with_name("book.csv.rejects.csv").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("source: paper-book", "source: is missing."),
        ("contact: talk", "contact: is missing."),
        ("scale: [0, 10]", "channels.mood.scale: give its two ends"),
        ("column: tension, ", "channels.tension.column: is missing."),
        ("system: prison, ", "person.system: give the system"),
    ],
)
def test_a_map_that_lacks_something_is_refused_by_the_key(
    service: Service, book: Path, wrong: str, told: str
) -> None:
    (book.parent / "map.yaml").write_text(MAP.replace(wrong, ""))
    found = bring(service, book)
    assert found.exit_code == 2
    assert told in found.stderr
    assert service.one("select count(*) from reflections_reflection") == 0


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("mood: {column: mood", "joy: {column: mood", "channels.joy: no such channel is asked."),
        ("contact: talk", "contact: hug", "contact: 'hug' is not known."),
        ("contact: talk", "contact: not-seen", "contact: somebody who was not seen"),
        ("contact: talk", "contact: talk\nchanels: 1", "chanels: is not known here."),
        ("{column: officer}", "{number: 12}", "rater.number: write it in quotes."),
        ("{column: officer}", '{number: "12"}', "rater.number: no member of staff"),
        ("{column: date}", '{column: date, format: "%d/%m"}', "date.format: give it whole"),
        ("{column: date}", "{column: Datum}", "There is no column 'Datum'."),
        ("scale: [0, 10]", "scale: [10, 0]", "channels.mood.scale"),
        ("source:", "source: [", "is not YAML near line"),
    ],
)
def test_a_map_that_says_something_impossible_is_refused_by_the_key(
    service: Service, book: Path, right: str, wrong: str, told: str
) -> None:
    (book.parent / "map.yaml").write_text(MAP.replace(right, wrong))
    found = bring(service, book)
    assert found.exit_code == 2
    assert told in found.stderr


@pytest.mark.parametrize("number", ["a-stranger", "daybook", "left-long-ago"])
def test_somebody_who_works_here_must_bring_it_in(
    service: Service, book: Path, number: str
) -> None:
    service.world.add_staff("left-long-ago")
    service.world.owner.execute(
        "update staff_staff set is_active = false where username = 'left-long-ago'"
    )
    told = bring(service, book, by=number)
    assert told.exit_code == 2
    assert "Give your own staff number with --by." in told.stderr
    assert service.one("select count(*) from reflections_reflection") == 0


def test_charts_of_the_prisons_concerned_are_drawn(service: Service, book: Path) -> None:
    bring(service, book, "--no-charts")
    assert service.one("select count(*) from reflections_picture") == 0
    bring(service, book)
    drawn = "select distinct p.given_name from reflections_picture r join people_person p"
    assert service.all(f"{drawn} on p.id = r.person_id order by 1") == [("Amir",), ("Bao",)]


def test_days_before_anybody_knew_where_the_person_lived_are_told(
    service: Service, book: Path
) -> None:
    book.write_text(HEADER + f"{a_day(300)},09:30,A1,wing-officer,0,1\n")
    told = bring(service, book)
    assert "Charts leave 1 of them out" in told.stderr
    assert service.one("select unit_id from reflections_reflection") is None


def many_rows(count: int) -> str:
    first = date(2024, 1, 1)
    rows = (
        f"{first + timedelta(days=n // 400)},{n // 60 % 24:02d}:{n % 60:02d},{('A1', 'B1')[n % 2]},"
        f"wing-officer,{n % 11},{n % 5 + 1}\n"
        for n in range(count)
    )
    return HEADER + "".join(rows)


def test_a_killed_import_leaves_whole_parts_and_the_next_run_completes_it(
    service: Service, book: Path
) -> None:
    book.write_text(many_rows(12_000))
    killed = service.start(
        "ratings", book, "--map", book.parent / "map.yaml", "--by", "wing-officer", "--no-charts"
    )
    count = "select count(*) from reflections_reflection"
    while not service.one(count) and killed.poll() is None:
        time.sleep(0.02)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    part = service.one(count)
    assert part in (5_000, 10_000)
    assert service.one("select count(*) from reflections_rating") == 2 * part
    assert service.one("select count(*) from audit_entry where subject = 'reflection'") == part

    told = bring(service, book, "--no-charts")
    assert f"{12_000 - part:,} added, {part:,} there already" in told.stderr
    assert service.one(count) == 12_000


@pytest.mark.slow
def test_of_a_hundred_thousand_rows_with_rubbish_none_is_lost(service: Service, book: Path) -> None:
    rubbish = ("NaN", "", '"', "=1+1", "999", "\u202e", '"x', "\0")
    lines = many_rows(100_000).splitlines(keepends=True)
    bad = range(20, 100_001, 33)
    for place, number in enumerate(bad):
        cells = lines[number].rstrip("\n").split(",")
        # The rater's column: none of these is a staff number.
        cells[3] = rubbish[place % len(rubbish)]
        lines[number] = ",".join(cells) + "\n"
    book.write_text("".join(lines))
    told = bring(service, book, "--no-charts")
    assert told.exit_code == 3
    assert f"{100_000 - len(bad):,} added, {len(bad):,} refused" in told.stderr
    assert [int(row["refused row"]) for row in rejects_of(book)] == [n + 1 for n in bad]
    signed = service.one("select count(*) from reflections_reflection")
    assert signed == 100_000 - len(bad)


@pytest.mark.skipif(not DIARY.exists(), reason="the public diary is not beside this checkout")
def test_one_real_person_s_diary_comes_in_once_and_is_charted(service: Service) -> None:
    world = service.world
    person = world.people["Amir Kaya"]
    world.insert("people_identifier", person_id=person, system="diary", number="D-1")
    world.owner.execute(
        "update people_stay set began_at = '2012-01-01' where person_id = %s", [person]
    )
    bring_it = (
        "ratings", DIARY, "--map", ROOT / "docs/examples/ratings-map.yaml",
        "--by", "head-of-unit", "--rejects", service.folder / "rejects.csv",
    )  # fmt: skip

    told = service.run(*bring_it)
    assert told.exit_code == 0, told.stderr
    assert "1,476 rows: 1,476 added." in told.stderr
    assert service.all(
        "select count(*), count(distinct day) from reflections_reflection where person_id = %s",
        person,
    ) == [(1_476, 238)]
    assert service.all(
        "select c.key, min(r.step), max(r.step), count(*) from reflections_rating r"
        "  join reflections_channel c on c.id = r.channel_id group by c.key order by c.key"
    ) == [("mood", 1, 5, 1_476), ("tension", 1, 5, 1_476), ("with-others", 2, 5, 1_476)]
    # A usual of years ago is none: should somebody write again, a new one forms.
    states = "select distinct state from reflections_picture where person_id = %s"
    assert service.all(states, person) == [("baseline-forming",)]
    with transaction.atomic(), at_the_desk() as clerk:
        draw(by=clerk, establishment_id=world.establishments["north"], today=date(2013, 4, 8))
    fits = "select key from reflections_chartfit order by key"
    found = service.all(fits)
    assert found, "what was fitted for the charts is kept"
    with transaction.atomic(), at_the_desk() as clerk:
        draw(by=clerk, establishment_id=world.establishments["north"], today=date(2013, 4, 8))
    assert service.all(fits) == found, "drawing again fits nothing anew"
    # Nobody but he himself rates, and he rates nobody else: the charts say what can't be told.
    assert service.all(states, person) == [("not-separable",)]
    for (raw,) in service.all("select raw from reflections_picture where person_id = %s", person):
        assert len([step for step in raw if step is not None]) == 120
        assert all(1 <= step <= 5 for step in raw if step is not None)

    again = service.run(*bring_it)
    assert again.exit_code == 0
    assert "1,476 rows: 1,476 there already." in again.stderr
