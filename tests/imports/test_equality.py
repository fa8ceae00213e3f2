"""``daybook import equality``: what people told another system of themselves."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from django.utils import timezone

from tests.foundation.equality.equality_world import all_that_stands, declare, held
from tests.imports.conftest import Service

HEADER = "system,number,characteristic,said,declared_on\n"
LONG_AGO = "2024-03-01"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "equality.csv"


def bring(service: Service, file: Path, rows: str, *more: object) -> Result:
    file.write_text(HEADER + rows)
    return service.run("equality", file, "--by", "administrator", *more)


def told(result: Result) -> str:
    return next(line for line in result.stderr.splitlines() if " row" in line and ": " in line)


def test_it_comes_in_once_and_no_guess_can_be_held_against_it(service: Service, file: Path) -> None:
    rows = f"prison,A1,belief,sikh,{LONG_AGO}\nprison,A2,sex,woman,{LONG_AGO}\n"
    assert told(bring(service, file, rows)) == "2 rows: 2 added."
    assert held(service.world) == {"belief": "sikh"}
    once = all_that_stands(service.world)
    # Whether a word is known already is told to nobody, neither by doing nor by only looking.
    for guess in ("sikh", "jewish"):
        row = f"prison,A1,belief,{guess},{LONG_AGO}\n"
        looked = bring(service, file, row, "--dry-run")
        assert (looked.exit_code, told(looked)) == (0, "1 row: 1 would be added.")
    assert told(bring(service, file, rows)) == "2 rows: 2 added."
    assert all_that_stands(service.world) == once


def test_a_later_word_takes_the_place_of_the_one_before(service: Service, file: Path) -> None:
    bring(service, file, f"prison,A1,belief,sikh,{LONG_AGO}\n")
    bring(service, file, "prison,A1,belief,none,2025-03-01\n")
    assert held(service.world) == {"belief": "none"}
    assert sorted(row[2] for row in all_that_stands(service.world)) == ["", "none"]


def test_what_the_person_took_back_does_not_return(service: Service, file: Path) -> None:
    world = service.world
    declare(world, world.people["Amir Kaya"], belief="sikh")
    world.owner.execute("update equality_declaration set said = '', withdrawn_at = now()")
    yesterday = timezone.localdate() - timedelta(days=1)
    result = bring(service, file, f"prison,A1,origin,both,{yesterday}\n")
    assert (result.exit_code, told(result)) == (3, "1 row: 1 refused.")
    assert held(world) == {}


def test_each_row_that_can_t_come_in_comes_back_with_its_reason(
    service: Service, file: Path
) -> None:
    result = bring(
        service,
        file,
        f"prison,X9,belief,sikh,{LONG_AGO}\n"
        f"prison,A1,star-sign,lion,{LONG_AGO}\n"
        f"prison,A1,belief,lion,{LONG_AGO}\n"
        "prison,A1,belief,sikh,2199-01-01\n"
        "prison,A1,belief,sikh,\n"
        f"prison,A2,sex,man,{LONG_AGO}\n"
        f"prison,A2,sex,woman,{LONG_AGO}\n",
    )
    assert result.exit_code == 3
    assert told(result) == "7 rows: 1 added, 6 refused."
    rejects = file.with_name("equality.csv.rejects.csv").read_text("utf-8-sig")
    for number, column, reason in (
        (2, "number", "no person has this number in this system"),
        (3, "characteristic", "is not one of: sex, origin"),
        (4, "said", "is not one of: none, buddhist"),
        (5, "declared_on", "is still to come"),
        (6, "declared_on", "is empty"),
        (8, "characteristic", "stands twice for this person in the file"),
    ):
        line = next(line for line in rejects.splitlines() if line.startswith(f"{number},"))
        assert column in line
        assert reason in line


def test_the_log_says_that_it_came_and_not_what(service: Service, file: Path) -> None:
    bring(service, file, f"prison,A1,belief,sikh,{LONG_AGO}\n")
    found = service.all(
        "select to_jsonb(e)::text from audit_entry e where subject ~ 'says of themself'"
    )
    assert len(found) == 1
    assert "sikh" not in found[0][0]
    assert "belief" not in found[0][0]
