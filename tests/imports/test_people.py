"""``daybook import people`` and ``stays``: brought twice, they change nothing."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from tests.imports.conftest import Service

PEOPLE = "system;number;given_name;family_name;known_as;languages;status;status_since;" \
         "other_numbers;hearing;release\n"  # fmt: skip
STAYS = "system,number,stay,unit,cell,began_at,ended_at,reason\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(
        PEOPLE
        + "prison;P1;Zoë;Ångström;Zo;sv;ar;remand;2024-03-01;court:77;2024-05-01;\n".replace(
            "sv;ar", '"sv;ar"'
        )
        + "prison;P2;Sukarno;;;id;sentenced;2023-01-01;;;2027-01-01\n"
        + "prison;A1;Amir;Kaya;;;;;;;\n"
    )
    return file


def bring(service: Service, file: Path, *more: object) -> Result:
    kind = "stays" if "stay" in file.name else "people"
    return service.run(kind, file, "--by", "head-of-unit", *more)


def told(result: Result) -> str:
    return next(line for line in result.stderr.splitlines() if " row" in line and ": " in line)


def test_new_people_come_with_numbers_status_dates_and_words_to_be_found_by(
    service: Service, people: Path
) -> None:
    assert bring(service, people).exit_code == 0
    (found,) = service.all(
        "select p.given_name, p.family_name, p.known_as, p.pronoun, p.languages,"
        "  (select array_agg(system || ' ' || number order by system) from people_identifier"
        "    where person_id = p.id),"
        "  (select array_agg(word order by word) from people_searchword where person_id = p.id),"
        "  (select array_agg(status || ' ' || since) from people_legalstatus"
        "    where person_id = p.id),"
        "  (select array_agg(kind || ' ' || \"on\") from people_keydate where person_id = p.id)"
        " from people_person p where family_name = 'Ångström'"
    )
    assert found == (
        "Zoë", "Ångström", "Zo", "they", ["sv", "ar"], ["court 77", "prison P1"],
        ["77", "angstrom", "p1", "zo", "zoe"], ["remand 2024-03-01"], ["hearing 2024-05-01"],
    )  # fmt: skip
    logged = "select count(*) from audit_entry where reason = 'import of people.csv' and subject ="
    assert service.one(f"{logged} 'person'") == 2


def test_the_same_people_again_are_left_alone(service: Service, people: Path) -> None:
    assert told(bring(service, people)) == "3 rows: 2 added, 1 there already."
    before = service.one("select count(*) from audit_entry where people <> '{}'")
    assert told(bring(service, people)) == "3 rows: 3 there already."
    assert service.one("select count(*) from audit_entry where people <> '{}'") == before


def test_a_changed_name_is_changed_found_and_logged(service: Service, people: Path) -> None:
    bring(service, people)
    people.write_text(people.read_text().replace("Ångström", "Öberg"))
    assert told(bring(service, people)) == "3 rows: 1 changed, 2 there already."
    words = service.one(
        "select array_agg(word order by word) from people_searchword w join people_person p"
        " on p.id = w.person_id where p.family_name = 'Öberg'"
    )
    assert words == ["77", "oberg", "p1", "zo", "zoe"]
    assert service.all("select subject, kind from audit_entry where kind = 'alteration'") == [
        ("person", "alteration")
    ]


def test_an_empty_cell_leaves_what_is_known(service: Service, people: Path) -> None:
    bring(service, people)
    people.write_text("system,number,given_name,family_name\nprison,P1,Zoë,\n")
    assert told(bring(service, people)) == "1 row: 1 there already."
    assert service.one("select count(*) from people_person where family_name = 'Ångström'") == 1


def test_a_new_status_ends_the_one_before_and_a_date_moves(service: Service, people: Path) -> None:
    bring(service, people)
    people.write_text(
        PEOPLE + "prison;P1;Zoë;Ångström;;;sentenced;2024-06-01;;2024-07-01;\n"
        "prison;P2;Sukarno;;;;;;;;2026-12-01\n"
    )
    assert told(bring(service, people)) == "2 rows: 2 changed."
    statuses = (
        "select status, until from people_legalstatus s join people_identifier i"
        " using (person_id) where i.number = 'P1' order by since"
    )
    assert service.all(statuses) == [("remand", date(2024, 5, 31)), ("sentenced", None)]
    dates = (
        'select "on" from people_keydate k join people_identifier i using (person_id)'
        " where i.number = %s order by 1"
    )
    assert service.all(dates, "P1") == [(date(2024, 5, 1),), (date(2024, 7, 1),)]
    assert service.all(dates, "P2") == [(date(2026, 12, 1),)]


def test_a_number_of_another_system_is_attached_to_the_person_who_has_it_here(
    service: Service, people: Path
) -> None:
    people.write_text(PEOPLE + "health;H-9;Amir;Kaya;;;;;prison:A1;;\n")
    assert told(bring(service, people)) == "1 row: 1 changed."
    amir = service.world.people["Amir Kaya"]
    numbers = "select system, number from people_identifier where person_id = %s order by 1"
    assert service.all(numbers, amir) == [("health", "H-9"), ("prison", "A1")]
    assert service.one("select count(*) from people_searchword where word = 'h'") == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (";P9;A;B;;;;;;;", "is empty"),
        ("prison;P9;;B;;;;;;;", "is empty"),
        ("pri son;P9;A;B;;;;;;;", "is not a short name"),
        ("prison;P9;A;B;;l@tin;;;;;", "is not a list of language codes"),
        ("prison;P9;A;B;;;dangerous;2024-01-01;;;", "is not one of: remand"),
        ("prison;P9;A;B;;;remand;;;;", "is needed where a status is given"),
        ("prison;P9;A;B;;;remand;2150-01-01;;;", "is still to come"),
        ("prison;P9;A;B;;;;;court-7;;", "is not a list of numbers"),
        ("prison;P9;A;B;;;;;;next week;", "is not a date that can be read"),
        ("prison;A1;A;B;;;;;court:1;;\nprison;A1;A;B;;;;;;;", "stands twice in the file"),
        ("prison;A1;A;B;;;;;x:1;;\ny:2;;;;;;;;;;", "is empty"),
        ("x;1;A;B;;;;;prison:A1;;\nx;2;A;B;;;;;prison:A1;;", "stands twice in the file"),
        ("x;1;A;B;;;;;prison:A1;;\nprison;A9;A;B;;;;;x:1;;", "stands twice in the file"),
        ("prison;A9;Amir;Kaya;;;;;number:A;;\nprison;A8;A;B;;;;;number:A;;", "stands twice"),
        ("prison;A1;Amir;Kaya;;;remand;2001-01-01;;;", "begins before the status that is known"),
        ("prison;" + "9" * 61 + ";A;B;;;;;;;", "is longer than 60 characters"),
        ("prison;P9;A\u202eB;B;;;;;;;", "holds a character that cannot be shown"),
    ],
)
def test_a_row_that_can_t_be_right_comes_back_and_the_others_come_in(
    service: Service, people: Path, row: str, reason: str
) -> None:
    people.write_text(people.read_text().replace("prison;A1;Amir;Kaya;;;;;;;\n", "") + row + "\n")
    result = bring(service, people)
    assert result.exit_code == 3, result.stderr
    assert reason in result.stderr
    assert service.one("select count(*) from people_identifier where number in ('P1', 'P2')") == 2


def test_two_people_are_never_made_one(service: Service, people: Path) -> None:
    people.write_text(PEOPLE + "prison;A1;Amir;Kaya;;;;;court:5;;\n")
    bring(service, people)
    people.write_text(PEOPLE + "prison;A2;Jonas;Petit;;;;;court:5;;\n")
    assert "the numbers belong to different people" in bring(service, people).stderr
    people.write_text(PEOPLE + "court;5;Amir;Kaya;;;;;prison:A7;;\n")
    assert "has another number in this system" in bring(service, people).stderr


def test_a_map_names_columns_words_and_dates_of_the_other_system(
    service: Service, tmp_path: Path
) -> None:
    file, map = tmp_path / "export.csv", tmp_path / "map.yaml"
    file.write_bytes(
        "Nr\tVorname\tNachname\tStand\tSeit\n7\tJürgen\tGroß\tU\t01.02.2024\n".encode("cp1252")
    )
    map.write_text(
        'fixed: {system: prison}\ndate_format: "%d.%m.%Y"\nvalues: {status: {U: remand}}\n'
        "columns: {number: Nr, given_name: Vorname, family_name: Nachname, status: Stand,"
        " status_since: Seit}\n"
    )
    result = service.run("people", file, "--by", "head-of-unit", "--map", map)
    assert "CSV, separated by tabs, read as Windows-1252" in result.stderr
    assert service.all(
        "select given_name, family_name, status, since from people_person p"
        " join people_legalstatus s on s.person_id = p.id where given_name = 'Jürgen'"
    ) == [("Jürgen", "Groß", "remand", date(2024, 2, 1))]


def test_a_missing_column_is_asked_for_by_name(service: Service, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("number,given_name\n1,A\n")
    result = bring(service, file)
    assert result.exit_code == 2
    assert "system: there is no such column" in result.stderr
    assert "family_name: there is no such column" in result.stderr


@pytest.fixture
def stays(service: Service, tmp_path: Path) -> Path:
    service.world.owner.execute("update people_stay set began_at = '2024-01-10 08:00+00'")
    file = tmp_path / "stays.csv"
    file.write_text(
        STAYS
        + "prison,A1,s1,b,,2023-02-01,2023-06-01T10:00,remand\n"
        + "prison,A1,s2,b,,2024-06-01 14:30,,move\n"
    )
    return file


AMIR_S = (
    "select u.code, began_at::timestamp(0)::text, ended_at is null, s.reason, source"
    " from people_stay s join places_unit u on u.id = s.unit_id"
    " where person_id = %s order by began_at"
)


def test_a_new_stay_ends_the_one_before_it(service: Service, stays: Path) -> None:
    service.world.owner.execute("set time zone 'Europe/Brussels'")
    assert told(bring(service, stays)) == "2 rows: 2 added."
    amir = service.world.people["Amir Kaya"]
    assert service.all(AMIR_S, amir) == [
        ("b", "2023-02-01 00:00:00", False, "remand", "prison:s1"),
        ("a", "2024-01-10 09:00:00", False, "", ""),
        ("b", "2024-06-01 14:30:00", True, "move", "prison:s2"),
    ]
    ended = "select ended_at::text from people_stay where person_id = %s and source = ''"
    assert service.one(ended, amir) == "2024-06-01 14:30:00+02"
    logged = (
        "select kind, count(*) from audit_entry where reason = 'import of stays.csv'"
        " and subject = 'stay' and people = array[%s]::bigint[] group by kind order by kind"
    )
    assert service.all(logged, amir) == [("alteration", 1), ("collection", 2)]


def test_the_same_stays_again_are_left_alone_even_after_a_move(
    service: Service, stays: Path
) -> None:
    bring(service, stays)
    later = stays.with_name("later-stays.csv")
    later.write_text(STAYS + "prison,A1,s3,c,,2024-09-01,,\n")
    assert told(bring(service, later)) == "1 row: 1 added."
    assert told(bring(service, stays)) == "2 rows: 2 there already."
    assert told(bring(service, later)) == "1 row: 1 there already."
    assert service.one("select count(*) from people_stay where ended_at is null") == 4


def test_a_corrected_stay_is_corrected(service: Service, stays: Path) -> None:
    bring(service, stays)
    stays.write_text(
        STAYS + "prison,A1,s1,c,,2023-02-01,2023-05-01,remand\n"
        "prison,A1,s2,b,,2024-06-01 14:30,2024-08-01,move\n"
    )
    assert told(bring(service, stays)) == "2 rows: 2 changed."
    assert service.one("select count(*) from people_stay where person_id = %s and ended_at is null",
                       service.world.people["Amir Kaya"]) == 0  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("prison,A1,t,b,,2024-03-01,2024-02-01,", "ends before it began"),
        ("prison,A1,t,b,,2150-03-01,,", "is still to come"),
        ("prison,A1,t,b,,,,", "is empty"),
        ("prison,A1,t,x,,2024-03-01,,", "no unit has this short name"),
        ("prison,A1,t,b,99,2024-03-01,,", "the unit has no such cell; --create-cells adds cells"),
        ("prison,Z1,t,b,,2024-03-01,,", "no person has this number"),
        ("prison,A1,t,b,,2023-05-01,2023-07-01,", "overlaps another stay"),
        ("prison,A1,t,b,,2024-05-01,2024-07-01,", "overlaps another stay"),
        ("prison,A1,t,b,,2024-07-01,,", "several stays of this person are open"),
        ("prison,A1,s1,b,,2024-03-01,,", "stands twice in this file"),
    ],
)
def test_a_stay_that_can_t_be_comes_back_with_its_reason(
    service: Service, stays: Path, row: str, reason: str
) -> None:
    stays.write_text(stays.read_text() + row + "\n")
    result = bring(service, stays)
    assert result.exit_code == 3, result.stderr
    assert reason in result.stderr
    one_at_most = "select max(n) from (select count(*) n from people_stay" \
                  " where ended_at is null group by person_id) x"  # fmt: skip
    assert service.one(one_at_most) == 1


def test_another_person_s_stay_is_not_taken_over(service: Service, stays: Path) -> None:
    bring(service, stays)
    stays.write_text(STAYS + "prison,A2,s1,b,,2023-02-01,2023-06-01,\n")
    assert "this stay is known, of another person" in bring(service, stays).stderr


def test_cells_are_added_only_when_asked(service: Service, stays: Path) -> None:
    stays.write_text(STAYS + "prison,A1,s1,b,B-77,2023-02-01,2023-06-01,\n")
    assert bring(service, stays, "--create-cells", "--dry-run").exit_code == 0
    assert service.one("select count(*) from places_cell where name = 'B-77'") == 0
    assert bring(service, stays, "--create-cells").exit_code == 0
    assert service.one(
        "select c.name from people_stay s join places_cell c on c.id = s.cell_id"
        " where source = 'prison:s1'"
    ) == "B-77"  # fmt: skip
    assert told(bring(service, stays)) == "1 row: 1 there already."


@pytest.mark.parametrize("kind", ["people", "stays"])
def test_a_dry_run_writes_nothing(service: Service, people: Path, stays: Path, kind: str) -> None:
    count = (
        "select (select count(*) from people_person) + (select count(*) from people_stay)"
        " + (select count(*) from audit_entry) + (select count(*) from staff_signin)"
    )
    before = service.one(count)
    assert (
        "would be added"
        in bring(service, people if kind == "people" else stays, "--dry-run").stderr
    )
    assert service.one(count) == before
