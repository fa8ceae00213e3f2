"""How long records are kept: every table about people has a limit, and the days are right."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from daybook.foundation.people.models import Person
from daybook.foundation.registry.records import Begins, Limit, Then, records
from daybook.foundation.retention.queries.limits import in_force
from daybook.foundation.retention.rules import (
    Facts,
    cutoff,
    due_on,
    months_after,
    months_before,
    years_on,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
MONTHS = st.integers(1, 240)


@st.composite
def limits(draw):
    months = draw(MONTHS)
    return Limit(
        months,
        draw(st.integers(1, months)),
        draw(st.integers(1, months)),
        draw(st.sampled_from(Begins)),
    )


@st.composite
def people(draw):
    return Facts(
        draw(st.none() | DAYS),
        draw(st.booleans()),
        draw(st.none() | st.dates(date(1930, 1, 1), date(2060, 1, 1))),
    )


@given(DAYS, MONTHS, DAYS)
def test_a_period_is_over_on_the_same_day_counted_forwards_and_back(day, months, today):
    assert (months_before(today, months) >= day) == (today >= months_after(day, months))


@given(limits(), people(), DAYS, DAYS)
def test_a_record_is_due_exactly_from_the_day_that_is_said(limit, facts, day, today):
    last = cutoff(limit, facts, today)
    due = due_on(limit, facts, day)
    assert (last is not None and day <= last) == (due is not None and due <= today)


@given(limits(), people(), DAYS)
def test_nobody_protected_is_kept_for_longer(limit, facts, day):
    usual = due_on(limit, Facts(facts.left_on, True, None), day)
    protected = due_on(limit, facts, day)
    assert (usual is None) == (protected is None)
    assert protected is None or protected <= usual


@given(limits(), people(), DAYS, st.integers(0, 4000))
def test_what_is_due_stays_due(limit, facts, today, later):
    now, then = (cutoff(limit, facts, day) for day in (today, today + timedelta(days=later)))
    assert now is None or (then is not None and then >= now)


@given(limits(), people(), DAYS)
def test_whoever_has_not_left_keeps_what_waits_for_that(limit, facts, today):
    if limit.begins in (Begins.RELEASE, Begins.LAST):
        assert cutoff(limit, Facts(None, facts.sentenced, facts.born_on), today) is None


def test_of_a_child_goes_sooner_and_of_the_grown_up_later():
    limit = Limit(24, 24, 6, Begins.ENTRY)
    facts = Facts(sentenced=True, born_on=date(2008, 3, 1))
    assert years_on(facts.born_on, 18) == date(2026, 3, 1)
    assert due_on(limit, facts, date(2026, 2, 28)) == date(2026, 8, 28)
    assert due_on(limit, facts, date(2026, 3, 1)) == date(2028, 3, 1)


@pytest.mark.parametrize("wrong", [(0, 1, 1), (12, 13, 1), (12, 1, 13), (12, 0, 1)])
def test_a_limit_without_an_end_or_longer_for_the_protected_is_none(wrong):
    with pytest.raises(ValueError, match="period"):
        Limit(*wrong, Begins.ENTRY, Then.ERASE)


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("daybook.")]


def about_people():
    """Tables that name somebody, and those that hang on such a table by a key of their own."""
    found = {Person}
    while True:
        more = {
            model
            for model in ours()
            if model not in found
            and any(
                field.is_relation and not field.auto_created and field.related_model in found
                for field in model._meta.get_fields()
            )
        }
        if not more:
            return found
        found |= more


def test_every_table_about_people_has_a_limit_or_says_why_not():
    named = {model for kept in records for model in kept.models()}
    named |= {trace.model for trace in records.traces}
    named |= {part.model for trace in records.traces for part in trace.parts}
    assert len(about_people()) > 40
    silent = about_people() - named - records.nobody.keys()
    assert not sorted(model._meta.db_table for model in silent)
    assert all(records.nobody.values())


def test_what_it_says_of_columns_is_so():
    for kept in records:
        columns = {field.column for field in kept.model._meta.concrete_fields}
        said = {kept.person, *filter(None, [kept.day, kept.ends]), *(kept.settles or ())}
        assert said <= columns, kept.kind
        assert bool(kept.ends) == (kept.limit.begins is Begins.END), kept.kind


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_the_limits_as_shipped_and_no_other(owner_connection):
    assert {kind: each.limit for kind, each in in_force().items()} == {
        kept.kind: kept.limit for kept in records
    }
    assert all(each.as_shipped for each in in_force().values())
    held = owner_connection.execute("select kind, kept_in from daybook.kept").fetchall()
    assert set(held) == {(kept.kind, kept.model._meta.db_table) for kept in records}
