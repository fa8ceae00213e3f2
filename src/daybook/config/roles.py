"""Prepare a PostgreSQL for Daybook: its database and its roles (``roles.sql``)."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

OWNER = "daybook_owner"
APP = "daybook_app"
ROLES_SQL = Path(__file__).with_name("roles.sql")

# Code-point order and simple case mapping, the same on every version and system.
BUILTIN_LOCALE = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'"
SYSTEM_LOCALE = "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"


@dataclass(frozen=True)
class Addresses:
    """Where each role finds the database: ``owner`` migrates, ``app`` runs."""

    owner: str
    app: str


def prepare(
    admin_url: str, database: str = "daybook", *, owner_password: str, app_password: str
) -> Addresses:
    """Create database and roles where missing, set both passwords, and say the addresses.

    ``admin_url`` is the address of a superuser, or of a role with CREATEDB and CREATEROLE.
    Running it again is safe. Raises `psycopg.Error`.
    """
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _create_database(admin, database)
    with psycopg.connect(at(admin_url, database)) as admin:
        admin.execute(ROLES_SQL.read_bytes())
        _set_password(admin, OWNER, owner_password)
        _set_password(admin, APP, app_password)
    return Addresses(
        owner=at(admin_url, database, OWNER, owner_password),
        app=at(admin_url, database, APP, app_password),
    )


def at(url: str, database: str, role: str | None = None, password: str = "") -> str:
    """The same server's address for another database, and another role if one is given."""
    parts = urlsplit(url)
    who, _, place = parts.netloc.rpartition("@")
    if role is not None:
        who = f"{quote(role, safe='')}:{quote(password, safe='')}"
    netloc = f"{who}@{place}" if who else place
    return urlunsplit(parts._replace(netloc=netloc, path=f"/{database}"))


def _create_database(admin: psycopg.Connection, database: str) -> None:
    if admin.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
        return
    locale = BUILTIN_LOCALE if admin.info.server_version >= 170000 else SYSTEM_LOCALE
    admin.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
            sql.Identifier(database), sql.SQL(locale)
        )
    )


def _set_password(admin: psycopg.Connection, role: str, password: str) -> None:
    # Sent as a verifier: neither the server's log nor its statistics see the password.
    verifier = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    admin.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(verifier.decode())
        )
    )
