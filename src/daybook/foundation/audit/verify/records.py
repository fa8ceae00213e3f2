"""Whether signed records still say what they said when they were signed."""

from collections import defaultdict
from collections.abc import Callable, Iterator

import psycopg
from psycopg import sql

from ..commitments import commitment, signed_tables
from .findings import Finding, Report, What
from .pieces import connect

AT_ONCE = 2_000
COMMITTED = """
    select l.number, l.kept_in, l.record, l.commitment, s.salt
      from audit_leaf l left join audit_salt s on s.entry = l.id
     where l.number > %s and l.kept_in <> ''
       -- What was added to later is signed anew: the newest says what holds.
       and not exists (
           select from audit_salt o join audit_leaf m on m.id = o.entry
            where o.record = l.record and o.kept_in = l.kept_in and m.number > l.number)
     order by l.number limit %s
"""
ERASED = """
    select exists (select from audit_log e join audit_leaf l on l.number = %s
                    where e.kind = 'erasure' and (e.record = l.record or e.people && l.people))
"""
Row = tuple[int, str, str, bytes, bytes | None]


def verify_records(
    address: str, report: Report, *, progress: Callable[[int], None] = lambda done: None
) -> None:
    """Recompute every commitment of the ledger; adds what it finds to ``report``."""
    with connect(address) as connection:
        for rows in _in_parts(connection):
            by_table: dict[str, list[Row]] = defaultdict(list)
            for row in rows:
                by_table[row[1]].append(row)
            for kept_in, these in by_table.items():
                forms = _forms(connection, kept_in, [row[2] for row in these])
                for row in these:
                    _compare(connection, row, forms.get(row[2]), report)
            progress(report.records)
    report.findings.sort()


def _compare(connection: psycopg.Connection, row: Row, form: str | None, report: Report) -> None:
    number, kept_in, record, made, salt = row
    report.records += 1
    what, words = None, ""
    if form is None:
        if _is_erased(connection, number):
            report.erased += 1
        else:
            what, words = What.RECORD_GONE, "is gone, and no erasure is in the log"
    elif salt is None:
        what, words = What.SALT_GONE, "stands, but what it was signed with is gone"
    elif commitment(salt, form) != made:
        what, words = What.RECORD_ALTERED, "does not say what it said when it was signed"
    if what:
        named = f"{kept_in} {record}"
        report.findings.append(Finding(number, number, what, f"{named} {words}.", named))


def _in_parts(connection: psycopg.Connection) -> Iterator[list[Row]]:
    last = 0
    while rows := connection.execute(COMMITTED, [last, AT_ONCE], binary=True).fetchall():
        yield rows
        last = rows[-1][0]


def _forms(connection: psycopg.Connection, kept_in: str, keys: list[str]) -> dict[str, str]:
    """By the query that ships with the code: the one in the database could have been changed."""
    signed = signed_tables.get(kept_in)
    if signed is None:
        return {}
    query = sql.SQL(signed.form.replace("$1", "%s"))
    return dict(connection.execute(query, [keys]).fetchall())


def _is_erased(connection: psycopg.Connection, number: int) -> bool:
    row = connection.execute(ERASED, [number]).fetchone()
    return bool(row and row[0])
