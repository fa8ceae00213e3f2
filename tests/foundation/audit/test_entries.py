"""What an entry must say, and what it commits to: held by the database, too."""

import hashlib
import hmac
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.audit import actions as audit
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.audit.commitments import commitment, signed_tables
from daybook.foundation.audit.models import Kind
from daybook.foundation.places.models import Cell
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.actions.bulk import Signed, save_many
from daybook.observe.reflections.actions.recording import save, take_back
from daybook.observe.reflections.models import Reflection
from daybook.observe.reflections.rules.recording import Entry as Written

pytestmark = pytest.mark.django_db(transaction=True)


def latest(world, *columns):
    return world.owner.execute(
        f"select {', '.join(columns)} from audit_entry order by at desc, id desc limit 1"
    ).fetchone()


def test_a_reading_says_by_which_roles_which_compartments_and_why(world):
    amir = world.people["Amir Kaya"]
    with world.viewing("personal-officer") as viewer:
        list(scope(Reflection.objects.all(), viewer=viewer, compartment=Compartment.WING))
        viewer.saw("reflections", [amir])
        viewer.justify("He asked for it.")
        viewer.write_down("a page")
    assert latest(world, "kind", "subject", "people", "compartments", "grounds", "reason") == (
        "consultation", "a page: reflections", [amir], ["wing"], ["personal-officer own"],
        "He asked for it.",
    )  # fmt: skip


def test_each_role_is_a_ground_with_its_place(world):
    world.assign(world.staff["wing-officer"], "duty-manager", establishment="north")
    with world.viewing("wing-officer") as viewer:
        assert viewer.grounds == (
            f"wing-officer unit {world.units['a']}",
            f"duty-manager establishment {world.establishments['north']}",
        )
    with world.viewing("nobody") as viewer:
        assert viewer.grounds == ("no role",)


def test_writing_down_asks_nothing(world, django_assert_num_queries):
    with world.viewing("wing-officer") as viewer:
        viewer.saw("names", [world.people["Amir Kaya"]])
        with django_assert_num_queries(1):
            viewer.write_down("a page")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": Kind.DISCLOSURE, "recipient": "", "reason": "The court asked."},
        {"kind": Kind.DISCLOSURE, "recipient": "The court", "reason": ""},
        {"kind": Kind.DISCLOSURE, "recipient": "The court", "reason": " \n"},
        {"kind": Kind.CONSULTATION, "reason": ""},
    ],
)
def test_without_ground_reason_or_recipient_the_database_refuses_it(world, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        audit.record(by=None, subject="a report", **wrong)
    assert not world.owner.execute("select from audit_entry where subject = 'a report'").fetchall()


def test_what_was_given_out_says_to_whom_and_why(world):
    with world.viewing("case-lead") as viewer:
        audit.record(
            by=viewer, kind=Kind.DISCLOSURE, subject="a report",
            recipient="The court\nof appeal", reason="Ordered on 3 March.\x1f",
        )  # fmt: skip
    assert latest(world, "recipient", "reason") == ("The court of appeal", "Ordered on 3 March.")


# ---- Commitments ----


def an_entry(world):
    return Written(
        key=new_key(), person_id=world.people["Amir Kaya"], day=timezone.localdate(), form="full",
        contact="talk", steps={1: 2, 2: 3}, seen_heard="Ate with two others.",
    )  # fmt: skip


def signed(world, viewer):
    """A reflection that the viewer signs; gives its key."""
    entry = an_entry(world)
    save(by=viewer, entry=entry)
    return entry.key


def test_an_entry_commits_to_the_whole_record_and_holds_none_of_it(world):
    with world.viewing("personal-officer") as viewer:
        key = signed(world, viewer)
    kept_in, made, entry = latest(world, "kept_in", "commitment", "id")
    assert kept_in == "reflections_reflection"
    (salt,) = world.owner.execute(
        "select salt from audit_salt where entry = %s", [entry]
    ).fetchone()
    world.owner.execute("set timezone = 'UTC'")
    query = signed_tables[kept_in].form.replace("$1", "%s")
    ((found, form),) = world.owner.execute(query, [[key]]).fetchall()
    assert found == str(key)
    assert '"step": 3' in form
    assert "struck_at" not in form
    assert made == hmac.new(salt, form.encode(), hashlib.sha256).digest()
    assert commitment(salt, form) == made
    everything = world.owner.execute("select string_agg(e::text, ' ') from audit_entry e")
    assert "Ate" not in everything.fetchone()[0]


def test_what_became_of_a_record_later_leaves_its_form_alone(world):
    with world.viewing("personal-officer") as viewer:
        key = signed(world, viewer)
    query = signed_tables["reflections_reflection"].form.replace("$1", "%s")
    before = world.owner.execute(query, [[key]]).fetchall()
    with world.viewing("personal-officer") as viewer:
        take_back(by=viewer, key=key)
    assert world.owner.execute(query, [[key]]).fetchall() == before


def test_many_at_once_commit_like_one(world):
    """As the owner, by COPY: the same form, one salt each."""
    with world.viewing("personal-officer") as viewer:
        by = viewer
    entries = [an_entry(world) for _ in range(3)]
    author = world.staff["personal-officer"]
    with as_owner(world):
        save_many(
            by=by,
            signed=[Signed(each, author, world.units["a"], timezone.now()) for each in entries],
            reason="from the old book",
        )
    rows = world.owner.execute(
        "select e.record, s.salt, e.commitment"
        " from audit_entry e join audit_salt s on s.entry = e.id"
    ).fetchall()
    assert {record for record, _salt, _made in rows} == {str(each.key) for each in entries}
    assert len({salt for _record, salt, _made in rows}) == 3
    world.owner.execute("set timezone = 'UTC'")
    query = signed_tables["reflections_reflection"].form.replace("$1", "%s")
    forms = dict(world.owner.execute(query, [[each.key for each in entries]]).fetchall())
    for record, salt, made in rows:
        assert '"reflections_rating": [{' in forms[record]
        assert commitment(salt, forms[record]) == made


@contextmanager
def as_owner(world):
    """Django's own connection as the owner's, as commands have it."""
    known = connection.settings_dict.copy()
    connection.close()
    connection.settings_dict.update(USER=world.owner.info.user, PASSWORD=world.owner.info.password)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(USER=known["USER"], PASSWORD=known["PASSWORD"])


def test_nobody_commits_to_what_is_not_there_or_brings_a_commitment(world):
    with world.viewing("wing-officer") as viewer:
        for wrong in (
            "insert into audit_entry (id, at, kind, subject, record, people, reason, kept_in,"
            " commitment) values (%s, now(), 'collection', '', '', '{}', '',"
            " 'reflections_reflection', sha256('guessed'))",
            "insert into audit_entry (id, at, kind, subject, record, people, reason, kept_in)"
            " values (%s, now(), 'collection', '', gen_random_uuid(), '{}', '',"
            " 'reflections_reflection')",
            "insert into audit_entry (id, at, kind, subject, record, people, reason, kept_in)"
            " values (%s, now(), 'collection', '', gen_random_uuid(), '{}', '', 'staff_staff')",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(wrong, [new_key()])
        for peek in ("select salt from audit_salt", "delete from audit_salt",
                     "insert into audit_salt select gen_random_uuid(), '', '', ''",
                     "select daybook.forget_record('reflections_reflection', '{}')",
                     "select daybook.number_entries(1), 'x' from audit_leaf"):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(peek)
        assert viewer.holds


def test_a_salt_is_erased_with_its_record_and_the_log_stays(world):
    with world.viewing("personal-officer") as viewer:
        key, other = signed(world, viewer), signed(world, viewer)
    before = latest(world, "count(*) over ()")
    with as_owner(world):
        assert audit.forget(Reflection, [key]) == 1
        assert audit.forget(Reflection, [key]) == 0
    left = world.owner.execute("select record from audit_salt").fetchall()
    assert left == [(str(other),)]
    assert latest(world, "count(*) over ()") == before
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.owner.execute("update audit_salt set salt = 'known'")


def test_the_database_holds_the_forms_that_the_code_ships(owner_connection):
    held = dict(owner_connection.execute("select kept_in, form from daybook.signed").fetchall())
    assert held == {table: signed.form for table, signed in signed_tables.items()}


def test_add_many_without_a_key_still_logs(world):
    """Rows whose keys the table counts are no signed records."""
    with world.viewing("administrator") as viewer:
        by = viewer
    with as_owner(world):
        add_many(Cell, ("unit_id", "name"), [(world.units["a"], "a-77")], by=by, reason="new")
    assert latest(world, "subject", "kept_in", "grounds") == ("cell", "", ["administrator none"])
