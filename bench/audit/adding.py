"""Adding to the log beside a bare INSERT of the same values, each committed by itself."""

import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg

from bench.load import Step, Timings, together
from daybook.foundation.audit.lines import COLUMNS

WRITTEN = COLUMNS[1:]
INSERT = f"insert into {{}} ({', '.join(WRITTEN)}) values ({', '.join(['%s'] * len(WRITTEN))})"
LOG, BARE = "add an entry to the log", "bare INSERT of the same values"
BARE_TABLE = """
    drop table if exists bare_entry;
    create table bare_entry (like audit_entry including defaults);
    alter table bare_entry add primary key (id);
    grant insert on bare_entry to daybook_app
"""
WAITING = """
    insert into audit_entry (id, at, staff_key, kind, subject, people, grounds, record, reason)
    select gen_random_uuid(), now(), gen_random_uuid(), 'consultation',
           'reflections:person: names, reflections', array[n %% 500, n %% 77],
           array['wing-officer unit 3'], '', ''
      from generate_series(1, %s) n
"""


def measure(environment: dict[str, str], *, seconds: float, clients: int) -> dict[str, Timings]:
    with psycopg.connect(environment["DAYBOOK_OWNER_URL"], autocommit=True) as owner:
        owner.execute(BARE_TABLE)
    statements = {BARE: INSERT.format("bare_entry"), LOG: INSERT.format("audit_entry")}
    found = {}
    for name, statement in statements.items():
        with ExitStack() as stack:
            steps = []
            for _ in range(clients):
                connection = psycopg.connect(environment["DAYBOOK_DATABASE_URL"], autocommit=True)
                stack.enter_context(connection)
                steps.append(_adds(connection, statement))
            found[name] = together(steps, seconds=seconds)
    return found


def numbered_per_second(environment: dict[str, str], *, entries: int) -> float:
    """How many entries a second the sequencer takes in, tree and head included."""
    with psycopg.connect(environment["DAYBOOK_OWNER_URL"], autocommit=True) as owner:
        subprocess.run(_NUMBER, env=environment, check=True, capture_output=True)
        owner.execute(WAITING, [entries])
        began = time.perf_counter()
        subprocess.run(_NUMBER, env=environment, check=True, capture_output=True)
        spent = time.perf_counter() - began
        began = time.perf_counter()
        subprocess.run(_NUMBER, env=environment, check=True, capture_output=True)
        return entries / (spent - (time.perf_counter() - began))


_NUMBER = [str(Path(sys.executable).with_name("daybook")), "audit", "number"]


def _adds(connection: psycopg.Connection, statement: str) -> Step:
    values = {
        "at": datetime.now(UTC), "staff_key": uuid4(), "sign_in_key": uuid4(),
        "kind": "consultation", "subject": "reflections:person: names, reflections, safety",
        "record": "", "people": [17], "compartments": ["identity", "safety", "wing"],
        "grounds": ["wing-officer unit 3"], "reason": "", "recipient": "", "kept_in": "",
        "commitment": None,
    }  # fmt: skip

    def step() -> None:
        row = {"id": uuid4(), **values}
        connection.execute(statement, [row[name] for name in WRITTEN])  # type: ignore[call-overload]

    return step
