"""``daybook check``: is this installation as it should be?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import typer
from rich.console import Console

# Whether HTTPS binds a service's other domains, and whether browsers list it, is the
# service's own decision.
LEFT_TO_THE_SERVICE = {"security.W005", "security.W021"}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what was expected, whether it holds, and what to do if not."""

    expected: str
    holds: bool
    hint: str = ""


def check() -> None:
    """Look whether settings, database, roles and tables are as they should be.

    Changes nothing. Ends with 1 if anything is not as it should be.
    """
    import django

    from daybook.config import local

    local.adopt()
    django.setup()
    say = Console(highlight=False)
    amiss = 0
    for look in (_database, _roles, _tables, _role_table, _vault, _erasures, _settings):
        for finding in _findings(look):
            amiss += not finding.holds
            say.print(f"{'✓' if finding.holds else '✗'} {finding.expected}", markup=False)
            if finding.hint and not finding.holds:
                say.print(f"  {finding.hint}", markup=False)
    if amiss:
        raise typer.Exit(1)
    say.print("All is as it should be.")


def _findings(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    from django.db import Error

    try:
        yield from look()
    except Error as failure:
        yield Finding(_first_sentence(look), False, str(failure).strip())


def _first_sentence(look: Callable[..., object]) -> str:
    return (look.__doc__ or "").splitlines()[0]


def _database() -> Iterator[Finding]:
    """The database answers."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_encoding_to_char(encoding), datcollate, current_database(),"
            " current_setting('server_version_num')::int"
            " from pg_database where datname = current_database()"
        )
        encoding, order, name, version = cursor.fetchone()
    yield Finding("The database answers.", True)
    yield Finding(
        "PostgreSQL is version 15 or newer.",
        version >= 150000,
        "Upgrade the server; Daybook relies on what came with 15.",
    )
    yield Finding(
        "Text is stored as UTF-8 and ordered by code point.",
        encoding == "UTF8" and order == "C",
        f"The database {name} has encoding {encoding} and collation {order}. Make a new one "
        "with 'daybook db prepare', and bring the data with 'db backup' and 'db restore'.",
    )


def _roles() -> Iterator[Finding]:
    """The app's role is bound by row-level security."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb"
            " from pg_roles where rolname = current_user"
        )
        name, mighty = cursor.fetchone()
        cursor.execute("select count(*) from pg_tables where tableowner = current_user")
        (owned,) = cursor.fetchone()
        cursor.execute("select to_regrole('daybook_owner') is not null")
        (has_owner,) = cursor.fetchone()
        belongs = False
        if has_owner:
            cursor.execute("select pg_has_role(current_user, 'daybook_owner', 'MEMBER')")
            (belongs,) = cursor.fetchone()
        cursor.execute(
            "select rolname, pg_has_role(current_user, oid, 'MEMBER'),"
            " pg_has_role(current_user, oid, 'USAGE')"
            " from pg_roles where rolname in ('daybook_wide', 'daybook_author')"
        )
        taken_on = {role: (member, inherits) for role, member, inherits in cursor.fetchall()}
    yield Finding(
        "The app signs in as a role without special powers.",
        not mighty,
        f"{name} is a superuser, bypasses row-level security, or may create roles or databases.",
    )
    yield Finding(
        "The app's role owns no tables and cannot become their owner.",
        owned == 0 and not belongs,
        f"Row-level security does not bind {name}. DAYBOOK_DATABASE_URL must name daybook_app.",
    )
    for role in ("daybook_wide", "daybook_author"):
        yield Finding(
            f"The app can take on {role}, and has none of its rights before.",
            taken_on.get(role) == (True, False),
            "An administrator puts this right with 'daybook db prepare'.",
        )


def _tables() -> Iterator[Finding]:
    """The tables are those of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Finding(
        "The tables are those of this version.",
        not waiting,
        f"{len(waiting)} migrations are waiting: 'daybook db migrate'.",
    )


def _vault() -> Iterator[Finding]:
    """The service's keys open what is told in confidence."""
    from django.db import connection

    from daybook.foundation.vault import service_keys

    with connection.cursor() as cursor:
        cursor.execute("select daybook.service_keys_in_use()")
        (used,) = cursor.fetchone()
    yield Finding(
        _first_sentence(_vault),
        set(used) <= service_keys.known().keys(),
        "Some is sealed under a key that was not given. Put it into DAYBOOK_VAULT_KEYS_OLD, then "
        "'daybook vault rotate'.",
    )


def _erasures() -> Iterator[Finding]:
    """What was erased stays erased, also after a restore."""
    from pathlib import Path

    from django.conf import settings
    from django.db import connection

    from daybook.foundation.retention.ledger import not_replayed

    file = settings.ERASURE_LEDGER
    yield Finding(
        "What was erased is told to a ledger outside the database.",
        bool(file),
        "Set DAYBOOK_ERASURE_LEDGER to a file on another disk, which backups of the database "
        "do not take back.",
    )
    if file:
        with connection.cursor() as cursor:
            missing = not_replayed(Path(file), cursor)
        yield Finding(
            "Nothing that was erased has come back with a backup.",
            not missing,
            f"{len(missing)} erasures wait: 'daybook db replay-erasures'.",
        )
    yield Finding(
        f"Backups are said to be kept for {settings.BACKUPS_KEPT} days, then deleted.",
        0 < settings.BACKUPS_KEPT <= 90,
        "DAYBOOK_BACKUPS_KEPT is how many days your backups are kept: no more than 90, for what "
        "is erased must not live on in them.",
    )


def _role_table() -> Iterator[Finding]:
    """The data-protection officer has approved who may reach what."""
    from daybook.foundation.access.approval import standing

    stands = standing()
    waits = (
        f" {len(stands.changes)} cells changed; what adds a right waits." if stands.changes else ""
    )
    yield Finding(
        "The data-protection officer has approved who may reach what.",
        stands.approved_at is not None,
        f"They read and approve it under 'Who may reach what' (/roles/).{waits}",
    )


def _settings() -> Iterator[Finding]:
    """Django finds nothing amiss in the settings."""
    from django.conf import settings
    from django.core.checks import WARNING, run_checks

    # The demonstration speaks plain HTTP on one machine, which a service must not.
    told = run_checks(include_deployment_checks=not settings.DEMO)
    serious = [m for m in told if m.level >= WARNING and m.id not in LEFT_TO_THE_SERVICE]
    if not serious:
        yield Finding("Django finds nothing amiss in the settings.", True)
    for message in serious:
        yield Finding(message.msg, False, message.hint or "")
