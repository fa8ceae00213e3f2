"""From an empty database to the first officer on a wing, as an administrator types it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.clones import Clones

Run = Callable[..., "subprocess.CompletedProcess[str]"]
COMMAND = Path(sys.executable).with_name("daybook")


@pytest.fixture
def database(clones: Clones) -> Iterator[str]:
    name = clones.new()
    yield name
    clones.drop(name)


@pytest.fixture
def daybook(clones: Clones, database: str) -> Run:
    outside = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DAYBOOK_", "DJANGO_")) or name == "DAYBOOK_PG_BIN"
    }
    given = {
        "DAYBOOK_OWNER_URL": clones.url("daybook_owner", database),
        "DAYBOOK_DATABASE_URL": clones.url("daybook_app", database),
        "DAYBOOK_SECRET_KEY": "K6d0-for-tests-only-long-enough-and-with-chance-Zq81xv92",
        "DAYBOOK_VAULT_KEY": "dGhpcnR5LXR3byBieXRlcywgZm9yIHRlc3RzIG9ubHk=",
        "COLUMNS": "200",
        "TERM": "dumb",
    }

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [COMMAND, *arguments],
            env=outside | given | environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def done(told: "subprocess.CompletedProcess[str]") -> str:
    assert told.returncode == 0, told.stderr
    return told.stdout


def refused(told: "subprocess.CompletedProcess[str]") -> str:
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
    return told.stderr


def test_a_service_begins(daybook: Run, clones: Clones, database: str) -> None:
    done(daybook("staff", "add", "chief", "--family", "Arden", "--print-password"))
    done(daybook("staff", "assign", "chief", "administrator"))
    by = ("--by", "chief")
    done(daybook("places", "add-establishment", "north", "North", *by))
    done(daybook("places", "add-unit", "north", "a", "A wing", *by))
    assert "3 new" in daybook("places", "add-cells", "a", "A-01..A-03", *by).stderr
    assert "0 new" in daybook("places", "add-cells", "a", "A-02", *by).stderr
    password = done(
        daybook("staff", "add", "k.noor", "--given", "Kim", "--family", "Noor",
                "--post", "Officer", "--print-password", *by)
    ).strip()  # fmt: skip
    assert len(password) > 20
    done(daybook("staff", "assign", "k.noor", "wing-officer", "--unit", "a", *by))
    listed = done(daybook("staff", "list"))
    assert "Kim Noor" in listed
    assert "wing-officer of a" in listed
    assert "A wing" in done(daybook("places", "list"))

    with psycopg.connect(clones.url("daybook_owner", database)) as owner:
        unnamed = owner.execute(
            "select subject from audit_entry where staff_key is null order by id"
        ).fetchall()
    assert unnamed == [("staff account opened",), ("role given: administrator",)]

    assert "--by" in refused(daybook("staff", "close", "k.noor"))
    assert "not an administrator" in refused(daybook("staff", "close", "k.noor", "--by", "k.noor"))
    done(daybook("staff", "end", "k.noor", "wing-officer", *by))
    done(daybook("staff", "close", "k.noor", *by))
    assert "closed" in done(daybook("staff", "list"))


def test_a_service_asks_what_it_wants_to_know(daybook: Run, clones: Clones, database: str) -> None:
    done(daybook("staff", "add", "chief", "--family", "Arden", "--print-password"))
    done(daybook("staff", "assign", "chief", "administrator"))
    by = ("--by", "chief")
    done(daybook("channels", "add", "sleep", "Sleep", "broken", "sound", *by))
    done(daybook("channels", "rename", "sleep", "--high", "slept well", *by))
    done(daybook("channels", "retire", "tension", *by))
    listed = done(daybook("channels", "list"))
    assert "slept well" in listed
    assert listed.index("Sleep") < listed.index("Tension"), "those no longer asked come last"
    done(daybook("channels", "restore", "tension", *by))
    assert "--by" in refused(daybook("channels", "retire", "sleep"))
    with psycopg.connect(clones.url("daybook_owner", database)) as owner:
        logged = owner.execute(
            "select subject, staff_key is not null from audit_entry where subject like 'channel %'"
            " order by id"
        ).fetchall()
    assert logged == [
        ("channel added", True),
        ("channel renamed", True),
        ("channel retired", True),
        ("channel restored", True),
    ]


def test_a_mistake_is_told_in_one_sentence(daybook: Run) -> None:
    for typed, told in (
        ("staff assign who governor", "There is no account who."),
        ("staff assign daybook governor --establishment x", "no establishment x"),
        ("places add-unit nowhere a A", "There is no establishment nowhere."),
        ("places add-establishment two.words Two", "letters, digits"),
        ("channels retire sleep", "There is no channel sleep. There are: mood, tension,"),
    ):
        assert told in refused(daybook(*typed.split()))


def test_the_roles_can_be_looked_up(daybook: Run) -> None:
    told = done(daybook("staff", "roles"))
    assert "wing-officer" in told
    assert "clerk" not in told


def test_without_the_owners_address_it_says_what_is_missing(daybook: Run) -> None:
    told = daybook("staff", "list", DAYBOOK_OWNER_URL="")
    assert told.returncode == 1
    assert "DAYBOOK_OWNER_URL is not set." in told.stderr


def test_a_lost_factor_is_reset_with_a_reason_and_a_new_password(
    daybook: Run, clones: Clones, database: str
) -> None:
    done(daybook("staff", "add", "chief", "--family", "Arden", "--print-password"))
    done(daybook("staff", "assign", "chief", "administrator"))
    by = ("--by", "chief")
    first = done(daybook("staff", "add", "k.noor", "--family", "Noor", "--print-password", *by))
    with psycopg.connect(clones.url("daybook_owner", database), autocommit=True) as owner:
        for kind in ("totp", "webauthn", "recovery_codes"):
            owner.execute(
                "insert into mfa_authenticator (user_id, type, data, created_at)"
                " select id, %s, '{}', now() from staff_staff where username = 'k.noor'",
                [kind],
            )
        owner.execute(
            "insert into staff_signin (key, staff_id, began_at, expires_at, seen_at, through,"
            " locks_after) select gen_random_uuid(), id, now(), now() + '1 hour', now(), 'web',"
            " '15 minutes' from staff_staff where username = 'k.noor'"
        )
        reset = ("staff", "reset-factor", "k.noor", "--print-password", *by)
        assert daybook(*reset).returncode == 2, "without a reason"
        assert "Say why" in refused(daybook(*reset, "--because", " "))
        again = done(daybook(*reset, "--because", "lost the blue key"))
        assert len(again.strip()) > 20
        assert again != first
        asked = "select count(*) from mfa_authenticator"
        assert owner.execute(asked).fetchone() == (0,)
        logged = owner.execute(
            "select subject, reason, staff_key is not null from audit_entry"
            " where subject like 'second factor reset%' order by subject"
        ).fetchall()
        assert logged == [
            (f"second factor reset: {what}", "lost the blue key", True)
            for what in ("code device", "printed codes", "security key")
        ]
        told = owner.execute(
            "select w.username, n.kind, n.urgent from duties_notice n"
            " join staff_staff w on w.id = n.staff_id"
        ).fetchall()
        assert told == [("k.noor", "ways-in-reset", True)]
        is_open = (
            "select count(*) from staff_signin s join staff_staff w on w.id = s.staff_id"
            " where w.username = 'k.noor' and s.ended_at is null"
        )
        assert owner.execute(is_open).fetchone() == (0,)
        owner.execute("update staff_signin set ended_at = null")
        assert (
            "1 places"
            in daybook("staff", "sign-out", "k.noor", "--because", "tablet stolen", *by).stderr
        )
        assert owner.execute(is_open).fetchone() == (0,)
        why = "select reason from audit_entry where subject = 'every sign-in ended'"
        assert owner.execute(why).fetchall() == [("tablet stolen",)]
