"""Every table and column says in the database what it holds and how sensitive it is."""

import re

import pytest

from daybook.foundation.terms.columns import Sensitivity

pytestmark = pytest.mark.django_db(transaction=True)

LEVELS = "|".join(level.value for level in Sensitivity)


def test_every_column_says_what_it_holds_and_how_sensitive_it_is(owner_connection):
    silent = owner_connection.execute(
        r"""
        select c.relname, a.attname, col_description(c.oid, a.attnum)
          from pg_class c
          join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
          join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         where c.relkind = 'r' and c.relname !~ '^(django|auth|procrastinate)_'
        """
    ).fetchall()
    assert len(silent) > 200
    assert not [
        f"{table}.{column}"
        for table, column, comment in silent
        if not re.fullmatch(rf"\S.{{3,}} \[({LEVELS})\]", comment or "", re.DOTALL)
    ]


def test_every_table_says_what_it_holds(owner_connection):
    tables = owner_connection.execute(
        "select relname, obj_description(oid) from pg_class where relkind = 'r'"
        " and relnamespace = 'public'::regnamespace"
        " and relname !~ '^(django|auth|procrastinate)_'"
    ).fetchall()
    assert tables
    assert not [
        name
        for name, comment in tables
        if not re.fullmatch(rf"\S.+ \[({LEVELS})\]", comment or "", re.DOTALL)
    ]
