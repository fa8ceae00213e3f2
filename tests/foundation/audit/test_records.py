"""A signed record that even the owner changed is named; an erased one leaves the log whole."""

import pytest

from daybook.foundation.audit import actions as audit
from daybook.foundation.audit import heads
from daybook.foundation.audit.models import Kind
from daybook.foundation.audit.sequencer import number_all
from daybook.foundation.audit.verify import What, verify, verify_records
from daybook.observe.reflections.actions.recording import add, take_back
from daybook.observe.reflections.models import Reflection
from tests.foundation.audit.test_entries import as_owner, signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def check(world, desk):
    address = desk.clones.url("daybook_owner", desk.database)

    def run():
        number_all()
        report = verify(address, keys=[heads.own_key()], processes=1)
        assert report.whole
        verify_records(address, report)
        return report

    return run


@pytest.fixture
def records(world):
    """Three reflections, one of them taken back, and an addition; triggers are off from here."""
    with world.viewing("personal-officer") as viewer:
        keys = [signed(world, viewer) for _ in range(3)]
    with world.viewing("personal-officer") as viewer:
        take_back(by=viewer, key=keys[2])
        from daybook.foundation.registry.keys import new_key

        add(by=viewer, reflection=keys[0], key=new_key(), text="Later it was clear why.")
    for table in ("reflections_reflection", "reflections_rating", "reflections_addition",
                  "audit_salt"):  # fmt: skip
        world.owner.execute(f"alter table {table} disable trigger user")
    return keys


def found(report):
    return [(finding.what, finding.record) for finding in report]


def test_records_that_stand_as_signed_are_whole(records, check):
    report = check()
    assert report.whole
    assert (report.records, report.erased) == (4, 0)


CHANGES = [
    "update reflections_reflection set seen_heard = 'Shouted.' where id = %s",
    "update reflections_reflection set person_id = person_id + 1 where id = %s",
    "update reflections_reflection set saved_at = saved_at + interval '1 second' where id = %s",
    "update reflections_rating set step = 5 where reflection_id = %s and channel_id = 1",
    "delete from reflections_rating where reflection_id = %s and channel_id = 1",
]


def test_whatever_the_owner_changes_is_named(world, records, check):
    _same, changed, _taken_back = records
    named = f"reflections_reflection {changed}"
    for change in CHANGES:
        with world.owner.transaction(force_rollback=True):
            pass
        before = keep(world, changed)
        world.owner.execute(change, [changed])
        assert found(check()) == [(What.RECORD_ALTERED, named)], change
        put_back(world, changed, before)
    assert check().whole


def keep(world, key):
    for table, column in (
        ("reflections_reflection", "id"),
        ("reflections_rating", "reflection_id"),
    ):
        world.owner.execute(f"drop table if exists kept_{table}")
        world.owner.execute(
            f"create table kept_{table} as select * from {table} where {column} = '{key}'"
        )


def put_back(world, key, _before):
    world.owner.execute("delete from reflections_rating where reflection_id = %s", [key])
    world.owner.execute("delete from reflections_reflection where id = %s", [key])
    for table in ("reflections_reflection", "reflections_rating"):
        world.owner.execute(f"insert into {table} select * from kept_{table}")


def erase(world, key):
    world.owner.execute("delete from reflections_rating where reflection_id = %s", [key])
    world.owner.execute("delete from reflections_addition where reflection_id = %s", [key])
    world.owner.execute("delete from reflections_reflection where id = %s", [key])


def test_a_record_that_vanished_is_named_and_an_erased_one_is_not(world, records, check):
    first, second, _ = records
    erase(world, second)
    assert found(check()) == [(What.RECORD_GONE, f"reflections_reflection {second}")]
    with as_owner(world):
        audit.record(by=None, kind=Kind.ERASURE, subject="reflection", record=second)
        audit.forget(Reflection, [second])
    report = check()
    assert report.whole
    assert report.erased == 1
    world.owner.execute("delete from audit_salt where record = %s", [str(first)])
    assert found(check()) == [(What.SALT_GONE, f"reflections_reflection {first}")]


def test_whatever_removes_a_signed_row_removes_its_salt(world, records):
    """Rows that go with a record have salts of their own."""
    world.owner.execute("alter table reflections_addition enable trigger forgotten_with_it")
    addition = "select record from audit_salt where kept_in = 'reflections_addition'"
    assert len(world.owner.execute(addition).fetchall()) == 1
    world.owner.execute("delete from reflections_addition where reflection_id = %s", [records[0]])
    assert world.owner.execute(addition).fetchall() == []


def test_nothing_in_the_log_tells_what_an_erased_record_said(world, records, check):
    """Whoever guesses it right has nothing to hold the guess against: the salt is gone."""
    key = records[1]
    number_all()
    with as_owner(world):
        audit.forget(Reflection, [key])
    left = world.owner.execute(
        "select l.commitment, s.salt from audit_leaf l left join audit_salt s on s.entry = l.id"
        " where l.record = %s and l.kept_in <> ''",
        [str(key)],
    ).fetchall()
    assert [salt for _made, salt in left] == [None]
