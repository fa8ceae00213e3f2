"""``daybook import coming``: visits and court days of another system, brought as often as liked."""

from pathlib import Path

import pytest
from click.testing import Result

from daybook.foundation.registry.keys import new_key
from tests.imports.conftest import Service

HEADER = "system,number,event,kind,at,words,called_off\n"
VISIT = "prison,A1,V1,visit,2027-03-02 14:00,mother,\n"
COURT = "prison,A2,C9,court,2027-03-04,,\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "coming.csv"


def bring(service: Service, file: Path, rows: str, *more: object) -> Result:
    file.write_text(HEADER + rows)
    return service.run("coming", file, "--by", "head-of-unit", *more)


def told(result: Result) -> str:
    return next(line for line in result.stderr.splitlines() if " row" in line and ": " in line)


def held(service: Service) -> list[tuple[object, ...]]:
    return service.all(
        "select i.number, kind, to_char(at at time zone 'Europe/Amsterdam', 'MM-DD HH24:MI'),"
        " words, cancelled_at is not null, source"
        " from people_coming c join people_identifier i using (person_id) order by at, source"
    )


def test_what_is_ahead_comes_in_and_again_changes_nothing(service: Service, file: Path) -> None:
    result = bring(service, file, VISIT + COURT)
    assert result.exit_code == 0
    assert told(result) == "2 rows: 2 added."
    assert held(service) == [
        ("A1", "visit", "03-02 14:00", "mother", False, "prison:V1"),
        ("A2", "court", "03-04 00:00", "", False, "prison:C9"),
    ]
    logged = "select count(*) from audit_entry where subject = 'coming event' and people <> '{}'"
    assert service.one(logged) == 2
    assert told(bring(service, file, VISIT + COURT)) == "2 rows: 2 there already."
    assert service.one(logged) == 2


def test_a_dry_run_says_it_all_and_writes_nothing(service: Service, file: Path) -> None:
    result = bring(service, file, VISIT + "prison,A1,V2,party,2027-03-02,,\n", "--dry-run")
    assert result.exit_code == 3
    assert told(result) == "2 rows: 1 would be added, 1 would be refused."
    assert held(service) == []


def test_a_later_hour_moves_it_and_an_empty_cell_leaves_the_words(
    service: Service, file: Path
) -> None:
    bring(service, file, VISIT)
    result = bring(service, file, "prison,A1,V1,visit,2027-03-02 15:30,,\n")
    assert told(result) == "1 row: 1 changed."
    assert held(service) == [("A1", "visit", "03-02 15:30", "mother", False, "prison:V1")]


def test_it_is_called_off_and_on_again_only_where_the_file_says_so(
    service: Service, file: Path
) -> None:
    bring(service, file, VISIT)
    bring(service, file, VISIT.replace("mother,", "mother,yes"))
    assert [row[4] for row in held(service)] == [True]
    bring(service, file, VISIT)
    assert [row[4] for row in held(service)] == [True], "an empty cell says nothing"
    bring(service, file, VISIT.replace("mother,", "mother,no"))
    assert [row[4] for row in held(service)] == [False]


def test_what_an_officer_wrote_down_is_the_same_visit(service: Service, file: Path) -> None:
    service.world.insert(
        "people_coming", id=new_key(), person_id=service.world.people["Amir Kaya"], kind="visit",
        at="2027-03-02T13:00Z", words="his mother", source="",
        written_by_id=service.world.staff["wing-officer"],
    )  # fmt: skip
    assert told(bring(service, file, VISIT.replace("mother", ""))) == "1 row: 1 changed."
    assert held(service) == [("A1", "visit", "03-02 14:00", "his mother", False, "prison:V1")]


def test_each_row_that_can_t_come_in_comes_back_with_its_reason(
    service: Service, file: Path
) -> None:
    bring(service, file, VISIT)
    result = bring(
        service,
        file,
        "prison,A2,V1,visit,2027-03-02 14:00,,\n"
        "prison,X9,V2,visit,2027-03-02 14:00,,\n"
        "prison,A1,V3,party,2027-03-02 14:00,,\n"
        "prison,A1,V4,visit,soon,,\n"
        "prison,A1,V5,visit,,,\n"
        "prison,A1,V6,visit,2027-03-02 14:00,,perhaps\n"
        "prison,A1,,visit,2027-03-02 14:00,,\n"
        "prison,A1,V7,appointment,2027-03-03 09:00,,\n"
        "prison,A1,V7,appointment,2027-03-03 10:00,,\n",
    )
    assert result.exit_code == 3
    assert told(result) == "9 rows: 1 added, 8 refused."
    rejects = file.with_name("coming.csv.rejects.csv").read_text("utf-8-sig")
    for number, column, reason in (
        (2, "event", "this event is known, of another person"),
        (3, "number", "no person has this number in this system"),
        (4, "kind", "is not one of: visit, court"),
        (5, "at", "is not a date or time that can be read"),
        (6, "at", "is empty"),
        (7, "called_off", "is not one of: yes, no"),
        (8, "event", "is empty"),
        (10, "event", "stands twice in this file"),
    ):
        line = next(line for line in rejects.splitlines() if line.startswith(f"{number},"))
        assert column in line
        assert reason in line


def test_a_map_says_what_columns_and_words_are_called(service: Service, file: Path) -> None:
    map = file.with_name("map.yaml")
    map.write_text(
        "fixed: {system: prison}\n"
        "columns: {number: Nr, event: Id, kind: Art, at: Wann, called_off: Entfällt}\n"
        "values: {kind: {Besuch: visit}, called_off: {ja: 'yes'}}\n"
        "date_format: '%d.%m.%Y %H:%M'\n"
    )
    file.write_text("Nr;Id;Art;Wann;Entfällt\nA1;7;Besuch;02.03.2027 14:00;ja\n")
    assert service.run("coming", file, "--map", map, "--by", "head-of-unit").exit_code == 0
    assert held(service) == [("A1", "visit", "03-02 14:00", "", True, "prison:7")]
