"""Every committed entry gets one number, whatever commits when; and nobody rewrites any of it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from daybook.foundation.audit import actions as audit
from daybook.foundation.audit import heads, sequencer
from daybook.foundation.audit.lines import LINE, SPEAK
from daybook.foundation.audit.merkle import Frontier, leaf_hash
from daybook.foundation.audit.models import Head, Kind
from daybook.foundation.audit.sequencer import number, number_all

pytestmark = pytest.mark.django_db(transaction=True)


def add(subject="a look", count=1):
    for _ in range(count):
        audit.record(by=None, kind=Kind.DENIAL, subject=subject)


def ledger(world):
    return world.owner.execute("select number, subject from audit_leaf order by number").fetchall()


def test_entries_move_word_for_word_under_their_numbers(world):
    with world.viewing("wing-officer") as viewer:
        audit.record(
            by=viewer, kind=Kind.DISCLOSURE, subject="a report", record=7,
            people=[world.people["Amir Kaya"]], recipient="Ⅾr. Šuhaj", reason="“Why?” \\ {a,b}",
        )  # fmt: skip
        add(count=4)
    columns = "id, at, staff_key, kind, subject, record, people, grounds, reason, recipient"
    before = world.owner.execute(f"select {columns} from audit_entry order by id").fetchall()
    assert number_all() == len(before)
    assert world.owner.execute("select from audit_entry").fetchall() == []
    after = world.owner.execute(f"select {columns} from audit_leaf order by number").fetchall()
    assert after == before
    assert [each for each, _ in ledger(world)] == list(range(1, len(before) + 1))
    assert number() == 0


def test_the_tree_is_over_the_lines_and_the_head_is_signed(world):
    frontier = Frontier()
    for count in (1, 3, 300):
        add(count=count)
        assert number() == count
        world.owner.execute(SPEAK)
        lines = world.owner.execute(f"select {LINE}, hash from audit_leaf order by number")
        for line, hash in lines.fetchall()[frontier.size :]:
            assert hash == leaf_hash(line)
            list(frontier.append(hash))
        head = Head.objects.order_by("-size")[0]
        assert (head.size, bytes(head.root)) == (frontier.size, frontier.root())
        signed = heads.TreeHead(
            head.size, bytes(head.root), head.at, bytes(head.key), bytes(head.signature)
        )
        assert signed.is_signed
        assert signed.key == heads.own_key()
        assert heads.TreeHead.from_line(signed.as_line()) == signed
    ((node,),) = world.owner.execute("select hash from audit_node").fetchall()
    first = Frontier()
    hashes = world.owner.execute("select hash from audit_leaf order by number limit 256")
    for (hash,) in hashes.fetchall():
        list(first.append(hash))
    assert node == first.root()


def test_what_commits_late_is_numbered_late_and_nothing_is_left_out(world):
    """An entry with an earlier key, whose transaction ends after later ones were numbered."""
    late = threading.Event()
    written = threading.Event()

    def slow():
        with transaction.atomic():
            add("written first, committed last")
            written.set()
            late.wait(30)
        connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(slow)
        written.wait(30)
        add("written later", 3)
        assert number() == 3
        late.set()
        running.result()
    assert number() == 1
    assert ledger(world) == [
        (1, "written later"),
        (2, "written later"),
        (3, "written later"),
        (4, "written first, committed last"),
    ]


def test_what_is_rolled_back_takes_no_number(world):
    with transaction.atomic():
        add("never")
        transaction.set_rollback(True)
    add("there")
    number()
    assert ledger(world) == [(1, "there")]


def test_writers_and_sequencers_at_once_leave_no_gap_and_no_double(world):
    """Four write, some in long transactions, some roll back; three count all the while."""
    done = threading.Event()

    def write(who):
        for turn in range(25):
            with_rollback = turn % 7 == 3
            try:
                with transaction.atomic():
                    add(f"{who} {turn}", count=1 + turn % 3)
                    if with_rollback:
                        raise RuntimeError
            except RuntimeError:
                pass
        connections.close_all()

    def count():
        while not done.is_set():
            number(most=5)
        connections.close_all()

    with ThreadPoolExecutor(7) as threads:
        counting = [threads.submit(count) for _ in range(3)]
        writing = [threads.submit(write, who) for who in range(4)]
        for each in writing:
            each.result()
        done.set()
        for each in counting:
            each.result()
    number_all()
    stands = {turn for turn in range(25) if turn % 7 != 3}
    expected = sorted(f"{who} {turn}" for who in range(4) for turn in stands
                      for _ in range(1 + turn % 3))  # fmt: skip
    found = ledger(world)
    assert [each for each, _ in found] == list(range(1, len(expected) + 1))
    assert sorted(subject for _, subject in found) == expected
    frontier = Frontier()
    for (hash,) in world.owner.execute("select hash from audit_leaf order by number").fetchall():
        list(frontier.append(hash))
    assert bytes(Head.objects.order_by("-size")[0].root) == frontier.root()


def test_only_one_counts_at_a_time(world):
    add(count=2)
    with world.owner.transaction():
        world.owner.execute(
            "select pg_advisory_xact_lock(hashtextextended('daybook.number_entries', 0))"
        )
        assert number() == 0
    assert number() == 2


@pytest.mark.parametrize("moment", ["Node", "sign", "Head"])
def test_a_sequencer_that_dies_in_the_middle_leaves_nothing_half_done(world, monkeypatch, moment):
    add(count=300)

    class Killed(BaseException):
        pass

    def die(*args, **kwargs):
        raise Killed

    if moment == "sign":
        monkeypatch.setattr(heads, "sign", die)
    else:
        monkeypatch.setattr(getattr(sequencer, moment).objects, "bulk_create", die)
    with pytest.raises(Killed):
        number()
    assert ledger(world) == []
    monkeypatch.undo()
    assert number() == 300


def test_a_ledger_that_was_cut_is_not_gone_on_with(world):
    add(count=3)
    number()
    world.owner.execute("alter table audit_leaf disable trigger user")
    world.owner.execute("delete from audit_leaf where number = 3")
    add()
    with pytest.raises(sequencer.Torn):
        number()
    assert world.owner.execute("select count(*) from audit_entry").fetchone() == (1,)


REWRITES = [
    "update audit_leaf set subject = 'nothing'",
    "update audit_leaf set hash = sha256('other')",
    "update audit_leaf set number = number + 1",
    "delete from audit_leaf",
    "truncate audit_leaf",
    "update audit_node set hash = sha256('other')",
    "delete from audit_node",
    "truncate audit_node",
    "update audit_head set root = sha256('other')",
    "delete from audit_head",
    "truncate audit_head",
]


def test_nobody_rewrites_numbers_nodes_or_heads(world):
    add(count=256)
    number()
    for rewrite in REWRITES:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            world.owner.execute(rewrite)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(rewrite)
    for forged in ("insert into audit_leaf (number, id, at, kind, subject, record, people, reason,"
                   " hash) values (257, gen_random_uuid(), now(), 'denial', '', '', '{}', '', '')",
                   "select * from audit_leaf", "select * from audit_log"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(forged)


# ---- The file outside ----


def test_heads_go_to_a_file_that_only_grows(world, settings, tmp_path):
    settings.TREE_HEADS = str(tmp_path / "heads")
    for count in (1, 2, 3):
        add(count=count)
        number_all()
    file = tmp_path / "heads"
    assert [head.size for head in heads.read(file)] == [1, 3, 6]
    assert all(head.is_signed for head in heads.read(file))
    assert sequencer.publish() == 0


def test_a_file_that_was_away_or_broke_off_catches_up(world, settings, tmp_path):
    file = tmp_path / "heads"
    settings.TREE_HEADS = ""
    add()
    number_all()
    settings.TREE_HEADS = str(file)
    add()
    number_all()
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    assert sequencer.publish() == 1
    assert [head.size for head in heads.read(file)] == [1, 2]
    assert file.read_bytes().startswith(whole[:-20])
