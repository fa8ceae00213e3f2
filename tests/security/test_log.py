"""The log fails closed: no entry, no answer; no entry, no change. And nobody rewrites it."""

import psycopg
import pytest
from django.db import InternalError, ProgrammingError, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from daybook.foundation.access.page import LazyAnswer, page
from daybook.foundation.audit import actions as audit
from daybook.foundation.audit.models import Kind
from daybook.foundation.people.queries import people_on

pytestmark = pytest.mark.django_db(transaction=True)


def entries(world, **wanted):
    rows = world.owner.execute(
        "select e.kind, e.subject, e.people, s.username from audit_entry e"
        " left join staff_staff s on s.key = e.staff_key order by e.at, e.id"
    ).fetchall()
    found = [dict(zip(("kind", "subject", "people", "who"), row, strict=True)) for row in rows]
    return [e for e in found if all(e[name] == value for name, value in wanted.items())]


@pytest.fixture
def visit(world, rf):
    """Call a view as the officer of wing a, as the middleware would."""
    signed_in = world.client("wing-officer")

    def call(view):
        request = rf.get("/somewhere/")
        request.session = signed_in.session
        from daybook.foundation.staff.models import Staff

        request.user = Staff.objects.get(username="wing-officer")
        return view(request)

    return call


@pytest.fixture
def rf():
    return RequestFactory()


@page
def names(request):
    lines = people_on(request.unit, viewer=request.viewer)
    return HttpResponse(", ".join(line.name for line in lines))


def test_reading_a_list_logs_whom_it_showed(world, visit):
    @page
    def wing_a(request):
        request.unit = world.units["a"]
        return names.__wrapped__(request)

    assert b"Amir K." in visit(wing_a).content
    (entry,) = entries(world, kind="consultation")
    assert entry["who"] == "wing-officer"
    assert sorted(entry["people"]) == sorted(
        [world.people["Amir Kaya"], world.people["Jonas Petit"]]
    )


def test_without_an_entry_there_is_no_answer(world, visit, monkeypatch):
    @page
    def wing_a(request):
        request.unit = world.units["a"]
        return names.__wrapped__(request)

    def broken(*args, **kwargs):
        raise InternalError("no room in the log")

    monkeypatch.setattr("daybook.foundation.access.viewer.record", broken)
    with pytest.raises(InternalError):
        visit(wing_a)


def test_a_denial_is_logged_although_its_transaction_rolled_back(world):
    client = world.client("wing-officer")
    assert client.get(f"/people/{world.people['Cem Demir']}/").status_code == 404
    assert client.get("/people/999999/").status_code == 404
    denied = entries(world, kind="denial")
    assert [(entry["who"], entry["people"]) for entry in denied] == [("wing-officer", [])] * 2


def test_absent_and_forbidden_answer_alike(world):
    client = world.client("wing-officer")
    forbidden = client.get(f"/people/{world.people['Cem Demir']}/").content
    absent = client.get("/people/999999/").content
    assert forbidden == absent


def test_a_failed_sign_in_is_logged_without_what_was_typed(world, client):
    client.post("/sign-in/", {"username": "hunter2", "password": "my secret"})
    (entry,) = entries(world, kind="denial")
    assert entry["subject"] == "sign-in failed"
    everything = world.owner.execute("select string_agg(e::text, ' ') from audit_entry e")
    assert "hunter2" not in everything.fetchone()[0]


def test_a_streamed_answer_is_refused(visit):
    @page
    def lazy(request):
        return StreamingHttpResponse(iter([b"later"]))

    with pytest.raises(LazyAnswer):
        visit(lazy)


@pytest.mark.parametrize(
    "rewrite",
    [
        "update audit_entry set subject = 'nothing'",
        "delete from audit_entry",
        "truncate audit_entry",
    ],
)
def test_nobody_rewrites_the_log(world, rewrite):
    with world.viewing("wing-officer") as viewer:
        audit.record(by=viewer, kind=Kind.CONSULTATION, subject="a look")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.owner.execute(rewrite)
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(rewrite)
    assert entries(world, subject="a look")


def test_the_app_adds_to_the_log_and_reads_none_of_it(world):
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("select 1 from audit_entry")
