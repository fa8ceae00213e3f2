"""The command as an administrator types it, in a process of its own."""

import pytest

from tests.imports.conftest import Service


def outcome(service: Service, *arguments: object) -> tuple[int, str]:
    with service.start(*arguments) as process:
        out, error = process.communicate(timeout=120)
    assert "Traceback" not in error
    return process.returncode, " ".join((out + error).split())


@pytest.mark.parametrize("kind", ["ratings", "people", "stays"])
def test_help_says_what_comes_in_and_by_whom(service: Service, kind: str) -> None:
    code, told = outcome(service, kind, "--help")
    assert code == 0
    assert f"daybook import {kind}" in told
    assert "Your staff number" in told


def test_people_come_in_by_the_command(service: Service) -> None:
    file = service.folder / "people.csv"
    file.write_text("system,number,given_name,family_name\nprison,P1,Zoë,Vos\nprison,,A,B\n")
    code, told = outcome(service, "people", file, "--by", "head-of-unit")
    assert code == 3
    assert "2 rows: 1 added, 1 refused." in told


def test_without_the_owner_s_address_it_says_what_to_set(service: Service) -> None:
    file = service.folder / "people.csv"
    file.write_text("system\n")
    del service.environment["DAYBOOK_OWNER_URL"]
    code, told = outcome(service, "people", file, "--by", "head-of-unit")
    assert code == 2
    assert "DAYBOOK_OWNER_URL is not set" in told


def test_two_imports_don_t_run_at_once(service: Service) -> None:
    file = service.folder / "people.csv"
    file.write_text("system,number,given_name,family_name\n")
    service.one("select 1 from pg_advisory_lock(hashtext('daybook import'))")
    code, told = outcome(service, "people", file, "--by", "head-of-unit")
    assert code == 2
    assert "Another import is running." in told


def test_rejects_never_overwrite_what_is_brought_in(service: Service) -> None:
    file = service.folder / "people.csv"
    file.write_text("system,number,given_name,family_name\nprison,,A,B\n")
    code, told = outcome(service, "people", file, "--by", "head-of-unit", "--rejects", file)
    assert code == 2
    assert "overwrite the file itself" in told
    assert file.read_text().startswith("system")
