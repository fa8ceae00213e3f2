"""What each database role may do before any table exists: ``roles.sql``."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from daybook.config import engine, roles

PASSWORDS = {"owner_password": "the owner's: /@%é", "app_password": "the app's: /@%é"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[engine.Server]:
    folder = tmp_path_factory.mktemp("roles") / "database"
    yield engine.start(folder, durable=False)
    engine.destroy(folder)


@pytest.fixture(scope="module")
def where(server: engine.Server) -> roles.Addresses:
    roles.prepare(server.url(), "service", **PASSWORDS)
    return roles.prepare(server.url(), "service", **PASSWORDS)


def test_the_owner_owns_the_database_and_makes_tables(where: roles.Addresses) -> None:
    with psycopg.connect(where.owner) as owner:
        owner.execute("create table entry (words text)")
        owner.execute("create function daybook.one() returns int language sql return 1")
        found = owner.execute(
            "select pg_get_userbyid(datdba) from pg_database where datname = 'service'"
        ).fetchone()
        assert found == ("daybook_owner",)


@pytest.mark.parametrize(
    "attempt",
    [
        "create table public.mine (words text)",
        "create function daybook.mine() returns int language sql return 1",
        "create schema mine",
        "create role mine",
        "create database mine",
        "set role daybook_owner",
        "alter role daybook_app bypassrls",
    ],
)
def test_the_app_changes_no_structure_and_no_rights(where: roles.Addresses, attempt: str) -> None:
    with (
        psycopg.connect(where.app, autocommit=True) as app,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        app.execute(attempt.encode())


@pytest.mark.parametrize("role", ["daybook_wide", "daybook_author"])
def test_the_app_has_another_role_s_rights_only_while_it_acts_as_one(
    where: roles.Addresses, role: str
) -> None:
    with psycopg.connect(where.owner) as owner:
        owner.execute("create table if not exists scoped (words text)")
        owner.execute(f"grant select on scoped to {role}".encode())
    with psycopg.connect(where.app, autocommit=True) as app:
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("select * from scoped")
        with app.transaction():
            app.execute(f"set local role {role}".encode())
            app.execute("select * from scoped")
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("select * from scoped")


def test_a_stranger_on_the_same_server_cannot_come_in(
    server: engine.Server, where: roles.Addresses
) -> None:
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("create role stranger login password 'x'")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(roles.at(server.url(), "service", "stranger", "x"))


def test_an_administrator_without_superuser_rights_can_prepare(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("managed") / "database"
    try:
        server = engine.start(folder, durable=False)
        with psycopg.connect(server.url(), autocommit=True) as admin:
            admin.execute("create role dba login createdb createrole password 'x'")
        as_dba = roles.at(server.url(), "postgres", "dba", "x")
        for _ in range(2):
            where = roles.prepare(as_dba, "service", **PASSWORDS)
        with psycopg.connect(where.owner) as owner:
            owner.execute("create table entry (words text)")
    finally:
        engine.destroy(folder)


def test_no_password_is_kept_or_logged_in_clear(
    server: engine.Server, where: roles.Addresses
) -> None:
    with psycopg.connect(server.url()) as admin:
        kept = admin.execute(
            "select rolpassword from pg_authid where rolname in ('daybook_owner', 'daybook_app')"
        ).fetchall()
    assert [password[:14] for (password,) in kept] == ["SCRAM-SHA-256$"] * 2
    assert "the app's" not in (server.home / "log").read_text()
