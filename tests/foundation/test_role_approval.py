"""Changing who may reach what: what narrows holds at once, what widens waits for approval."""

import html

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from daybook.foundation.access import roles, table
from daybook.foundation.access.approval import approvals, approve, standing
from daybook.foundation.access.changes import (
    WITHIN,
    Cell,
    differences,
    fingerprint,
    without_widening,
)
from daybook.foundation.access.roles import ROLES, Compartment, Reach, Right
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

REACHES = st.sampled_from([each.value for each in Reach])
RIGHTS = st.sampled_from([(True, False), (False, True), (True, True)])
KEYS = st.sampled_from([("governor", "wing"), ("governor", "safety"), ("chaplain", "wing")])
tables = st.dictionaries(KEYS, st.tuples(REACHES, RIGHTS), max_size=3).map(
    lambda found: {Cell(*key, reach, *rights) for key, (reach, rights) in found.items()}
)


def no_more(one: Cell, other: Cell | None) -> bool:
    """Whether the first gives nobody more than the second."""
    if other is None:
        return False
    reach = one.reach == other.reach or Reach(other.reach) in WITHIN.get(Reach(one.reach), ())
    return reach and one.reads <= other.reads and one.writes <= other.writes


@given(tables, tables)
def test_until_it_is_approved_nobody_reaches_more_than_before_or_than_is_shipped(held, shipped):
    before = {(cell.role, cell.compartment): cell for cell in held}
    after = {(cell.role, cell.compartment): cell for cell in shipped}
    for cell in without_widening(held, shipped):
        key = (cell.role, cell.compartment)
        assert no_more(cell, before.get(key))
        assert cell.reads <= after[key].reads
        assert cell.writes <= after[key].writes


@given(tables)
def test_the_same_table_is_the_same(held):
    assert without_widening(held, held) == held
    assert differences(held, held) == []


@given(tables, tables)
def test_a_change_widens_exactly_where_it_would_wait(held, shipped):
    waits = {c.after for c in differences(held, shipped) if c.widens}
    assert waits == shipped - without_widening(held, shipped)


@given(tables, tables)
def test_a_fingerprint_is_of_one_table_alone(one, other):
    assert (fingerprint(one) == fingerprint(other)) is (one == other)


# ---- In a service ----


def ship(monkeypatch, world, **changes):
    """A new version brings another table: rights of the governor by kind of record."""
    rights = {**roles.GOVERNOR.rights}
    for name, right in changes.items():
        rights[Compartment(name)] = right
    monkeypatch.setitem(
        table.ROLES,
        "governor",
        roles.Role("governor", ROLES["governor"].name, "", ROLES["governor"].reach, rights),
    )
    with as_owner(world):
        table.write_table()


class as_owner:  # noqa: N801
    """As a migration runs: by the owner of the tables."""

    def __init__(self, world):
        self.world = world

    def __enter__(self):
        connection.close()
        self.user = connection.settings_dict["USER"]
        connection.settings_dict["USER"] = "daybook_owner"
        connection.settings_dict["PASSWORD"], self.password = (
            self.world.owner.info.password,
            connection.settings_dict["PASSWORD"],
        )

    def __exit__(self, *_):
        connection.close()
        connection.settings_dict["USER"] = self.user
        connection.settings_dict["PASSWORD"] = self.password


def reaches(world, compartment, right=Right.READ):
    with world.viewing("governor") as viewer:
        return bool(viewer.people(compartment, right))


def approved(world, reason="Read cell by cell."):
    with world.viewing("data-protection-officer") as viewer:
        approve(by=viewer, key=new_key(), fingerprint=standing().fingerprint, reason=reason)


in_a_service = pytest.mark.django_db(transaction=True)


@in_a_service
def test_what_widens_waits_and_what_narrows_holds_at_once(world, monkeypatch):
    approved(world)
    ship(monkeypatch, world, wing=frozenset(), safety=roles.READ_WRITE)
    assert not reaches(world, Compartment.WING)
    assert reaches(world, Compartment.SAFETY)
    assert not reaches(world, Compartment.SAFETY, Right.WRITE)
    told = {(c.compartment, c.widens) for c in standing().changes}
    assert told == {("wing", False), ("safety", True)}
    with as_owner(world):
        table.write_table()  # Migrated again, nothing comes by itself.
    assert not reaches(world, Compartment.SAFETY, Right.WRITE)
    approved(world, "Governors answer for plans.")
    assert reaches(world, Compartment.SAFETY, Right.WRITE)
    assert not reaches(world, Compartment.WING)
    with as_owner(world):
        table.write_table()
    assert reaches(world, Compartment.SAFETY, Right.WRITE)


@in_a_service
def test_the_page_says_it_to_all_and_data_protection_approves_it_there(world, monkeypatch):
    approved(world)
    ship(monkeypatch, world, safety=roles.READ_WRITE)
    officer = world.client("data-protection-officer")
    assert "the table to approve" in officer.get("/").content.decode()
    for who in ("wing-officer", "data-protection-officer"):
        said = html.unescape(world.client(who).get("/roles/").content.decode())
        assert "Governor · Safety" in said
        assert "Not approved yet" in said
        assert ("I have read it and approve it" in said) is (who == "data-protection-officer")
    sent = {"key": new_key(), "fingerprint": standing().fingerprint, "reason": ""}
    assert officer.post("/roles/approve/", sent).status_code == 422
    assert world.client("governor").post("/roles/approve/", sent).status_code == 404
    assert officer.post("/roles/approve/", sent | {"reason": "Needed."}).status_code == 302
    assert "the table to approve" not in officer.get("/").content.decode()
    assert "Not approved yet" not in officer.get("/roles/").content.decode()
    logged = world.owner.execute(
        "select reason from audit_entry where subject = 'role table approved' order by at"
    ).fetchall()
    assert logged == [("Read cell by cell.",), ("Needed.",)]


@in_a_service
def test_oversight_reads_every_approval_with_what_it_changed(world, monkeypatch):
    approved(world)
    ship(monkeypatch, world, safety=roles.READ_WRITE)
    approved(world, "Governors answer for plans.")
    with world.viewing("oversight") as viewer:
        found = [(each.reason, len(each.changes)) for each in approvals(viewer=viewer)]
    assert found == [("Governors answer for plans.", 1), ("Read cell by cell.", 0)]
    said = html.unescape(world.client("oversight").get("/roles/").content.decode())
    assert "Governors answer for plans." in said
    assert (
        "Governors answer for plans."
        not in world.client("governor").get("/roles/").content.decode()
    )


@in_a_service
def test_what_came_meanwhile_is_not_approved_unread(world, monkeypatch):
    read = standing().fingerprint
    ship(monkeypatch, world, safety=roles.READ_WRITE)
    with world.viewing("data-protection-officer") as viewer, pytest.raises(Cannot):
        approve(by=viewer, key=new_key(), fingerprint=read, reason="Read.")
    assert not reaches(world, Compartment.SAFETY, Right.WRITE)


@in_a_service
def test_nobody_else_approves_and_nobody_rewrites_what_was_approved(world):
    approved(world)
    for who in ("governor", "administrator", "oversight"):
        with world.viewing(who), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(
                "select daybook.approve_roles(%s, %s, 'x')", [new_key(), standing().fingerprint]
            )
    for statement in (
        "insert into access_accessright values ('governor', 'health', 'service', true, true)",
        "update access_accessright set reads = true",
        "update access_approval set reason = 'x'",
        "delete from access_proposal",
    ):
        with world.viewing("data-protection-officer"), pytest.raises(DatabaseError):
            connection.cursor().execute(statement)
    for statement in ("update access_approval set reason = 'x'", "delete from access_proposal"):
        with pytest.raises(Exception, match="never changed"):
            world.owner.execute(statement)


@in_a_service
def test_a_new_service_begins_with_the_table_as_shipped_and_says_that_it_waits(world):
    stands = standing()
    assert stands.first
    assert stands.approved_at is None
    assert reaches(world, Compartment.WING)
    assert "as Daybook ships it" in world.client("governor").get("/roles/").content.decode()
