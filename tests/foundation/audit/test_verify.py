"""Whatever an owner does to the log with its triggers off, the check names where."""

import json

import pytest
from django.utils import timezone

from daybook.foundation.audit import actions as audit
from daybook.foundation.audit import heads, merkle, sequencer
from daybook.foundation.audit.lines import LINE, SPEAK
from daybook.foundation.audit.models import Kind
from daybook.foundation.audit.proofs import proof
from daybook.foundation.audit.sequencer import number_all
from daybook.foundation.audit.verify import What, pieces, verify
from tests.foundation.audit.test_entries import as_owner

pytestmark = pytest.mark.django_db(transaction=True)

COPIED = "id, at, staff_key, sign_in_key, kind, subject, record, people, reason, hash"


@pytest.fixture
def address(owner_connection, desk):
    return desk.clones.url("daybook_owner", desk.database)


@pytest.fixture
def check(address):
    def run(outside=(), keys=None, processes=1):
        keys = [heads.own_key()] if keys is None else keys
        return verify(address, keys=keys, outside=list(outside), processes=processes)

    return run


@pytest.fixture
def log(owner_connection, settings, tmp_path):
    """Twenty entries, numbered five at a time; heads kept outside. Triggers are off."""
    settings.TREE_HEADS = str(tmp_path / "heads")
    for turn in range(4):
        for each in range(5):
            audit.record(by=None, kind=Kind.DENIAL, subject=f"page {turn * 5 + each + 1}")
        number_all()
    for table in ("audit_leaf", "audit_node", "audit_head", "audit_entry"):
        owner_connection.execute(f"alter table {table} disable trigger user")
    return owner_connection


@pytest.fixture
def outside(log, tmp_path):
    return list(heads.read(tmp_path / "heads"))


def first(report):
    found = next(iter(report))
    return found.what, found.number, found.last


HASH = f"update audit_leaf set hash = sha256('\\x00'::bytea || {LINE})"


def hash_again(log):
    """What a careful forger does: every leaf gets the hash of what it now says."""
    speak(log)
    log.execute(HASH)


def shift(log, above, by):
    log.execute("update audit_leaf set number = -(number + %s) where number > %s", [by, above])
    log.execute("update audit_leaf set number = -number where number < 0")


def put_in(log, number):
    log.execute(
        f"insert into audit_leaf (number, {COPIED}) values (%s, gen_random_uuid(), now(), null,"
        " null, 'denial', 'never was', '', '{}', '', sha256('made up'))",
        [number],
    )


def test_a_log_nobody_touched_is_whole(log, outside, check):
    report = check(outside)
    assert report.whole
    assert (report.entries, report.heads, report.outside) == (20, 4, 4)
    assert report.root == outside[-1].root


def test_an_empty_log_is_whole(check):
    report = check()
    assert report.whole
    assert report.entries == 0


def speak(log):
    log.execute(SPEAK)


def run(*statements):
    def tamper(log):
        for statement in statements:
            log.execute(statement)

    return tamper


def put_in_between(log, fitting=False):
    shift(log, 6, 1)
    put_in(log, 7)
    if fitting:
        speak(log)
        log.execute(f"{HASH} where number = 7")


def words_change_places(log):
    swap = ", ".join(f"{c} = other.{c}" for c in COPIED.split(", ") if c != "hash")
    log.execute("alter table audit_leaf drop constraint if exists audit_leaf_id_key")
    log.execute(f"update audit_leaf l set {swap} from kept_leaf other"
                " where l.number in (7, 12) and other.number = 19 - l.number")  # fmt: skip


def removed_and_closed_up(log, count=1):
    log.execute("delete from audit_leaf where number between 7 and %s", [6 + count])
    shift(log, 7, -count)


TAMPERINGS = {
    "altered": (
        run("update audit_leaf set subject = 'nothing' where number = 7"), What.ALTERED, 7, 7),
    "altered, whom it was about": (
        run("update audit_leaf set people = '{1}' where number = 7"), What.ALTERED, 7, 7),
    "its hash altered": (
        run("update audit_leaf set hash = sha256('x') where number = 7"), What.ALTERED, 7, 7),
    "two altered": (
        run("update audit_leaf set subject = '' where number in (19, 7)"), What.ALTERED, 7, 7),
    "removed": (run("delete from audit_leaf where number = 7"), What.REMOVED, 7, 7),
    "the first removed": (run("delete from audit_leaf where number = 1"), What.REMOVED, 1, 1),
    "removed and closed up": (removed_and_closed_up, What.REMOVED, 7, 7),
    "three removed and closed up": (
        lambda log: removed_and_closed_up(log, 3), What.REMOVED, 7, 9),
    "put in between": (put_in_between, What.INSERTED, 7, 7),
    "put in with a fitting hash": (
        lambda log: put_in_between(log, fitting=True), What.INSERTED, 7, 7),
    "put in at the end": (
        lambda log: (put_in(log, 21), hash_again(log)), What.INSERTED, 21, 21),
    "two changed places": (
        run("update audit_leaf set number = case number when 7 then -12 else -7 end"
            " where number in (7, 12)",
            "update audit_leaf set number = -number where number < 0"), What.REORDERED, 7, 12),
    "the words of two changed places": (words_change_places, What.REORDERED, 7, 12),
    "altered and hashed again": (
        lambda log: (run("update audit_leaf set subject = 'nothing' where number = 7")(log),
                     hash_again(log)), What.REWRITTEN, 6, 10),
}  # fmt: skip


def test_whatever_was_done_is_named_at_the_first_entry(log, check):
    """Without the heads outside, which the service's own suffice for."""
    log.execute("create table kept_leaf as select * from audit_leaf")
    for name, (tamper, *expected) in TAMPERINGS.items():
        tamper(log)
        assert first(check()) == tuple(expected), name
        log.execute("truncate audit_leaf; insert into audit_leaf select * from kept_leaf")
    assert check().whole


def test_an_end_that_was_cut_off_is_told_by_the_heads_outside(log, outside, check):
    run("delete from audit_leaf where number > 15", "delete from audit_head where size > 15")(log)
    assert check().whole
    assert first(check(outside)) == (What.REMOVED, 16, 20)
    run("truncate audit_leaf", "truncate audit_head", "truncate audit_node")(log)
    assert first(check(outside)) == (What.REMOVED, 1, 20)


def rewrite_all(log):
    """An owner with the service's key: another log altogether, signed anew from the start."""
    log.execute("update audit_leaf set subject = 'nothing' where number = 7")
    hash_again(log)
    log.execute("truncate audit_head; truncate audit_node")
    frontier = merkle.Frontier()
    for (hash,) in log.execute("select hash from audit_leaf order by number").fetchall():
        list(frontier.append(hash))
        if frontier.size % 5 == 0:
            head = heads.sign(frontier.size, frontier.root(), timezone.now())
            log.execute(
                "insert into audit_head (size, root, at, key, signature, peaks)"
                " values (%s, %s, %s, %s, %s, '')",
                [head.size, head.root, head.at, head.key, head.signature],
            )


def test_a_log_rewritten_from_the_start_is_told_by_the_heads_outside_alone(log, outside, check):
    rewrite_all(log)
    assert check().whole
    assert first(check(outside)) == (What.REWRITTEN, 6, 10)


def test_a_head_of_somebody_else_is_no_witness(log, outside, check, monkeypatch):
    rewrite_all(log)
    forged = [heads.TreeHead(h.size, h.root, h.at, bytes(32), h.signature) for h in outside]
    report = check(forged)
    assert {finding.what for finding in report} == {What.UNSIGNED}
    report = check(outside, keys=[bytes(32)])
    assert {finding.what for finding in report} == {What.UNSIGNED}


def test_a_kept_node_that_was_changed_is_told(owner_connection, check):
    for _ in range(300):
        audit.record(by=None, kind=Kind.DENIAL, subject="a page")
    number_all()
    assert check().whole
    owner_connection.execute("alter table audit_node disable trigger user")
    owner_connection.execute("update audit_node set hash = sha256('x')")
    assert first(check()) == (What.REWRITTEN, 1, 256)


@pytest.mark.parametrize("wrong", [None, 3, 64, 65, 199])
def test_many_pieces_side_by_side(owner_connection, check, monkeypatch, wrong):
    """Pieces of 64 entries here, of 65,536 otherwise; heads end within them and between."""
    from daybook.foundation.audit.verify import ledger

    for module in (pieces, ledger):
        monkeypatch.setattr(module, "PIECE", 64)
        monkeypatch.setattr(module, "HEIGHT", 6)
    monkeypatch.setattr(pieces, "KEPT", 6)
    monkeypatch.setattr(sequencer, "KEPT", 6)
    for count in (1, 62, 1, 1, 63, 72):
        for _ in range(count):
            audit.record(by=None, kind=Kind.DENIAL, subject="a page")
        sequencer.number()
    if wrong:
        owner_connection.execute("alter table audit_leaf disable trigger user")
        owner_connection.execute("update audit_leaf set reason = 'x' where number = %s", [wrong])
    report = check()
    assert report.entries == 200
    if wrong:
        assert first(report) == (What.ALTERED, wrong, wrong)
    else:
        assert report.whole
        head = owner_connection.execute("select root from audit_head where size = 200").fetchone()
        assert report.root == head[0]


def test_a_proof_convinces_without_the_database(world, log, outside):
    with as_owner(world):
        told = json.loads(json.dumps(proof(7, older=5)))
    head = heads.TreeHead.from_line(told["head"])
    assert head.is_signed
    leaf = merkle.leaf_hash(bytes.fromhex(told["leaf"]))
    steps = [bytes.fromhex(step) for step in told["proof"]]
    assert merkle.is_included(leaf, told["index"], head.size, steps, head.root)
    assert told["entry"]["subject"] == "page 7"
    held = next(each for each in outside if each.size == told["grown_from"])
    growth = [bytes.fromhex(step) for step in told["growth"]]
    assert merkle.is_consistent(held.size, held.root, head.size, head.root, growth)


def test_a_proof_over_kept_nodes(world):
    for _ in range(600):
        audit.record(by=None, kind=Kind.DENIAL, subject="a page")
    number_all()
    with as_owner(world):
        for number in (1, 256, 257, 513, 600):
            told = proof(number)
            head = heads.TreeHead.from_line(str(told["head"]))
            steps = [bytes.fromhex(step) for step in told["proof"]]
            leaf = merkle.leaf_hash(bytes.fromhex(str(told["leaf"])))
            assert merkle.is_included(leaf, number - 1, head.size, steps, head.root)
