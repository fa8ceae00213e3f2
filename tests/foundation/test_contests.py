"""What somebody says is wrong stands beside the record; until it is settled it moves no chart."""

import json
import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.contests.actions import contest, settle, tell
from daybook.foundation.contests.models import Contest, Correction, Given, Outcome, Settlement
from daybook.foundation.contests.queries import contests_of, corrections_owed
from daybook.foundation.disclosures.actions.giving import decide, disclose, give
from daybook.foundation.disclosures.forms import RequestForm
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.foundation.retention.actions.erasing import approve, keep
from daybook.foundation.retention.queries.due import kept_for_now
from daybook.observe.reflections.actions.pictures import draw
from daybook.observe.reflections.models import Channel, Picture
from daybook.observe.reflections.queries.discussions import entries_since
from daybook.observe.reflections.queries.said import said_in
from daybook.observe.reflections.rules.meetings import in_words

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "I was at the doctor that morning. It was not me."
DPO = "data-protection-officer"


@pytest.fixture
def entry(world):
    """What the personal officer wrote about Amir yesterday."""
    return world.add_reflection(
        "Amir Kaya", "personal-officer", seen_heard="Threw his tray.", steps={"mood": 1},
        saved_at=timezone.now() - timedelta(hours=2),
    )  # fmt: skip


def take(world, entry, /, by="wing-officer", kind="reflection", **said):
    given = {"words": WORDS, "language": "tr", "given": Given.SPOKEN, "key": new_key()} | said
    with world.viewing(by) as viewer:
        return contest(by=viewer, kind=kind, entry=entry, **given)


def put(world, key, /, by="head-of-unit", outcome=Outcome.PUT_RIGHT, reasons="Wrong man.", **said):
    with world.viewing(by) as viewer:
        given = {"contest_id": key, "key": new_key(), "outcome": outcome, "reasons": reasons}
        settle(by=viewer, **(given | said))


def hand_over(world, person="Amir Kaya", by=DPO, **said):
    key = said.pop("key", new_key())
    with world.viewing(by) as viewer:
        disclose(
            by=viewer, key=key, person_id=world.people[person], recipient="The district court",
            what="Reflections of May", purpose="A hearing", legal_basis="Prison Act, section 31",
            handling="Not to be passed on", **said,
        )  # fmt: skip
    return key


def page_of(world, by="wing-officer"):
    url = reverse("reflections:person", args=[world.people["Amir Kaya"]])
    return world.client(by).get(url).content.decode()


def owned(world, query, *values):
    return world.owner.execute(query, list(values)).fetchall()


# ---- Taken down ----


def test_the_person_s_own_words_stand_beside_the_record_with_a_mark(world, entry):
    assert "contested?" in page_of(world)
    key = take(world, entry)
    page = page_of(world)
    assert WORDS in page
    assert "Contested, not settled yet. Until then it is used in no chart." in page
    assert "Turkish, spoken, and read back" in page
    assert reverse("contests:one", args=[key]) in page


def test_it_goes_for_records_of_every_app_and_stays_in_its_compartment(world):
    amir, officer = world.people["Amir Kaya"], world.staff["wing-officer"]
    now = timezone.now()
    note = world.insert(
        "safety_unlocknote", id=new_key(), person_id=amir, kind="evacuation", reason="A bad knee.",
        instruction="Walks with a stick.", written_by_id=officer, written_at=now,
        review_on="2030-01-01", ended_because="",
    )  # fmt: skip
    key = take(world, note, kind="unlock-note")
    assert owned(world, "select compartment, author_id from contests_contest") == [
        ("safety", officer)
    ]
    with world.viewing("head-of-unit") as viewer:
        assert [each.key for each in contests_of(amir, viewer=viewer)] == [key]
    for name in ("b-officer", "nobody", DPO):
        with world.viewing(name) as viewer:
            assert contests_of(amir, viewer=viewer) == []
            assert list(Contest.objects.all()) == []


@pytest.mark.parametrize("name", ["b-officer", "activity-staff", "nobody", "oversight", DPO])
def test_who_does_not_work_with_the_person_or_read_the_record_takes_nothing_down(
    world, entry, name
):
    with pytest.raises(Http404):
        take(world, entry, by=name)
    url = reverse("contests:take", args=["reflection", entry])
    assert world.client(name).get(url).status_code == 404
    assert world.client("wing-officer").get(url).status_code == 200


def test_the_database_takes_no_contest_of_what_its_writer_does_not_read(world, entry):
    bao = world.add_reflection("Bao Tran", "b-officer", saved_at=timezone.now())
    for record, person in ((bao, "Bao Tran"), (bao, "Amir Kaya"), (new_key(), "Amir Kaya")):
        with pytest.raises(DatabaseError), world.viewing("wing-officer") as viewer:
            Contest.objects.bulk_create([
                Contest(
                    person_id=world.people[person], kind="reflection", record=record,
                    compartment="wing", words="x", language="en", given="spoken",
                    taken_by_id=viewer.staff_id, taken_at=timezone.now(),
                )
            ])  # fmt: skip


def test_what_is_told_in_confidence_or_struck_is_not_contested_here(world, entry):
    world.owner.execute("alter table reflections_reflection disable trigger user")
    world.owner.execute("update reflections_reflection set withdrawn_at = now()")
    world.owner.execute("alter table reflections_reflection enable trigger user")
    for kind in ("reflection", "confidence", "person", "contest", "nothing"):
        url = reverse("contests:take", args=[kind, entry])
        assert world.client("wing-officer").get(url).status_code == 404


def test_two_taps_are_one_contest_and_bad_input_loses_nothing(world, entry):
    key = new_key()
    assert take(world, entry, key=key) == take(world, entry, key=key) == key
    assert owned(world, "select count(*) from contests_contest") == [(1,)]
    url = reverse("contests:take", args=["reflection", entry])
    send = {"key": str(new_key()), "words": "Not me.", "language": "tr", "given": ""}
    answer = world.client("wing-officer").post(url, send)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say how it was given." in page
    assert "Not me." in page


# ---- In no chart until it is settled ----


def test_what_is_contested_leaves_the_charts_and_comes_back_once_it_is_settled(world, entry):
    mood = Channel.objects.get(key="mood")
    north = world.establishments["north"]
    for days, step in ((1, 3), (2, 4)):
        day = timezone.localdate() - timedelta(days=days)
        world.add_reflection("Amir Kaya", "personal-officer", day=day, steps={"mood": step})

    def drawn():
        with transaction.atomic(), at_the_desk() as clerk:
            draw(by=clerk, establishment_id=north, today=timezone.localdate())
            return [
                value
                for value in Picture.objects.get(
                    person_id=world.people["Amir Kaya"], channel=mood
                ).raw
                if value is not None
            ]

    assert drawn() == [4, 3, 1]
    key = take(world, entry)
    # At once: no picture that shows it is left.
    assert owned(world, "select count(*) from reflections_picture where channel_id = %s",
                 mood.pk) == [(0,)]  # fmt: skip
    assert drawn() == [4, 3]
    put(world, key, outcome=Outcome.STANDS)
    assert drawn() == [4, 3, 1]


def test_a_redraw_is_asked_for_both_times(world, entry):
    def asked():
        return owned(
            world, "select count(*) from procrastinate_jobs where queueing_lock = 'draw-charts'"
            " and status = 'todo'"
        )  # fmt: skip

    assert asked() == [(0,)]
    key = take(world, entry)
    assert asked() == [(1,)]
    world.owner.execute("delete from procrastinate_jobs")
    put(world, key)
    assert asked() == [(1,)]


# ---- Settled, by somebody else, for good ----


def test_it_is_settled_by_a_named_person_with_reasons_and_the_words_stay(world, entry):
    key = take(world, entry)
    url = reverse("contests:one", args=[key])
    send = {"key": str(new_key()), "outcome": "put-right", "reasons": "An addition says who."}
    assert world.client("head-of-unit").post(url, send | {"reasons": ""}).status_code == 422
    assert world.client("head-of-unit").post(url, send).status_code == 302
    page = page_of(world)
    assert WORDS in page
    assert "put right: An addition says who." in page
    assert "not settled yet" not in page
    statements = ("update {} set {} = 'x'", "delete from {}")
    for table, column in (("contests_contest", "words"), ("contests_settlement", "reasons")):
        for statement in statements:
            with pytest.raises(psycopg.Error):
                world.owner.execute(statement.format(table, column))


@pytest.mark.parametrize("name", ["wing-officer", "personal-officer", "psychologist", "oversight"])
def test_who_does_not_lead_settles_nothing(world, entry, name):
    key = take(world, entry)
    with pytest.raises(Http404):
        put(world, key, by=name)
    url = reverse("contests:one", args=[key])
    send = {"key": str(new_key()), "outcome": "stands", "reasons": "So."}
    assert world.client(name).post(url, send).status_code == 404
    with pytest.raises(DatabaseError), world.viewing(name) as viewer:
        Settlement.objects.bulk_create([
            Settlement(
                contest_id=key, person_id=world.people["Amir Kaya"], outcome="stands",
                reasons="x", settled_by_id=viewer.staff_id, settled_at=timezone.now(),
            )
        ])  # fmt: skip


def test_who_wrote_the_record_does_not_settle_it(world):
    entry = world.add_reflection("Amir Kaya", "head-of-unit", saved_at=timezone.now())
    key = take(world, entry)
    page = world.client("head-of-unit").get(reverse("contests:one", args=[key])).content.decode()
    assert "You wrote this record" in page
    with pytest.raises(Http404):
        put(world, key)
    with pytest.raises(DatabaseError), world.viewing("head-of-unit") as viewer:
        Settlement.objects.bulk_create([
            Settlement(
                contest_id=key, person_id=world.people["Amir Kaya"], outcome="stands",
                reasons="x", settled_by_id=viewer.staff_id, settled_at=timezone.now(),
            )
        ])  # fmt: skip
    put(world, key, by="duty-manager", outcome=Outcome.STANDS)


def test_it_waits_on_the_home_page_of_who_settles_and_of_nobody_else(world, entry):
    key = take(world, entry)
    path = reverse("contests:one", args=[key])
    for name, waits in (("head-of-unit", True), ("case-lead", True), ("wing-officer", False)):
        page = world.client(name).get("/", follow=True).content.decode()
        assert (path in page) is waits, name
    put(world, key, by="case-lead")
    assert path not in world.client("head-of-unit").get("/", follow=True).content.decode()


def test_two_who_settle_at_once_are_one_settlement_and_a_plain_sentence(world, entry):
    key = take(world, entry)
    both, refusals = threading.Barrier(2), []

    def run(name):
        try:
            both.wait()
            put(world, key, by=name, outcome=Outcome.STANDS)
        except Cannot as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[name]) for name in ("head-of-unit", "case-lead")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert owned(world, "select count(*) from contests_settlement") == [(1,)]
    assert len(refusals) == 1
    assert "settled it meanwhile" in refusals[0]


def test_the_same_settlement_twice_is_one(world, entry):
    key, once = take(world, entry), new_key()
    put(world, key, key=once)
    put(world, key, key=once)
    assert owned(world, "select count(*) from contests_settlement") == [(1,)]


# ---- Recipients ----


def test_whoever_received_it_is_told_unless_it_stands(world, entry):
    hand_over(world)
    hand_over(world, person="Jonas Petit")
    put(world, take(world, entry), outcome=Outcome.STANDS)
    assert owned(world, "select count(*) from contests_correction") == [(0,)]
    put(world, take(world, entry))
    hand_over(world)  # made after it was put right
    assert owned(world, "select person_id from contests_correction") == [
        (world.people["Amir Kaya"],)
    ]
    with world.viewing(DPO) as viewer:
        (owed,) = corrections_owed(viewer=viewer)
    path = reverse("contests:tell", args=[owed.key])
    assert path in world.client(DPO).get("/", follow=True).content.decode()
    page = world.client(DPO).get(path).content.decode()
    assert "The district court" in page
    assert WORDS not in page
    too_early = (timezone.localdate() - timedelta(days=1)).isoformat()
    send = {"on": too_early, "how": "Letter 12/26"}
    assert world.client(DPO).post(path, send).status_code == 422
    send["on"] = timezone.localdate().isoformat()
    assert world.client(DPO).post(path, send).status_code == 302
    assert "Letter 12/26" in world.client(DPO).get(path).content.decode()
    with world.viewing(DPO) as viewer:
        assert corrections_owed(viewer=viewer) == []
        with pytest.raises(Cannot):
            tell(by=viewer, key=owed.key, on=timezone.localdate(), how="Another letter")
    assert ("disclosure", "correction", "The district court", "Letter 12/26") in owned(
        world, "select kind, subject, recipient, reason from audit_entry"
    )


def test_a_recipient_of_single_records_is_told_of_those_alone(world, entry):
    other = world.add_reflection("Amir Kaya", "personal-officer", saved_at=timezone.now())
    for record in (entry, other):
        world.insert(
            "disclosures_disclosure", id=new_key(), person_id=world.people["Amir Kaya"],
            recipient=f"Court of {record}", purpose="x", legal_basis="x", handling="", what="x",
            keys=[str(record)], given_by_id=world.staff[DPO], given_at=timezone.now(),
        )  # fmt: skip
    put(world, take(world, entry))
    with world.viewing(DPO) as viewer:
        assert [each.recipient for each in corrections_owed(viewer=viewer)] == [f"Court of {entry}"]


def test_what_is_owed_is_seen_by_who_gives_and_nobody_else(world, entry):
    hand_over(world)
    put(world, take(world, entry))
    for name in ("wing-officer", "head-of-unit", "b-officer", "nobody"):
        with world.viewing(name) as viewer:
            assert corrections_owed(viewer=viewer) == []
            assert list(Correction.objects.all()) == []
    with world.viewing("case-lead") as viewer:
        assert len(corrections_owed(viewer=viewer)) == 1


def test_what_is_given_to_somebody_outside_is_in_the_log_once_with_recipient_and_reason(world):
    key = new_key()
    hand_over(world, key=key)
    hand_over(world, key=key)
    assert owned(
        world, "select recipient, reason from audit_entry where kind = 'disclosure'"
    ) == [("The district court", "A hearing (Prison Act, section 31)")]  # fmt: skip
    with pytest.raises(Http404):
        hand_over(world, by="wing-officer")
    url = reverse("disclosures:about", args=[world.people["Amir Kaya"]])
    page = world.client("case-lead").get(url).content.decode()
    assert "The district court" in page
    assert "Not to be passed on" in page
    send = {"key": str(new_key()), "recipient": "", "what": "Notes", "purpose": "", "handling": ""}
    answer = world.client("case-lead").post(url, send)
    assert answer.status_code == 422
    assert "Say who received it." in answer.content.decode()
    assert "Notes" in answer.content.decode()


# ---- The person's own file ----


def test_the_statement_stands_beside_the_record_in_what_the_person_receives(world, entry):
    put(world, take(world, entry))
    said = RequestForm.usual() | {
        "recipient": "Amir Kaya", "justification": "Prison Act, section 30.", "names_staff": False,
    }  # fmt: skip
    with world.viewing(DPO) as viewer:
        decide(by=viewer, person_id=world.people["Amir Kaya"], **said)
        asked, found = give(by=viewer, key=said["key"], form="JSON")
    told = json.loads(found.as_json(asked))["records"]
    (one,) = [each for each in told["reflection"] if "Threw his tray." in each.values()]
    assert one["You say that this is wrong"] == WORDS
    assert any("Wrong man." in each.values() for each in told["what the person says is wrong"])


# ---- To be erased ----


def test_what_is_to_be_erased_is_proposed_with_it_and_goes_once_two_have_said_so(world, entry):
    key, once = take(world, entry), new_key()
    put(world, key, key=once, outcome=Outcome.ERASED, reasons="Of somebody else altogether.")
    put(world, key, key=once, outcome=Outcome.ERASED, reasons="Of somebody else altogether.")
    assert owned(world, "select id, kind, keys, early, proposed_by_id from retention_erasure") == [
        (once, "reflection", [str(entry)], True, world.staff["head-of-unit"])
    ]
    page = world.client(DPO).get(reverse("retention:due")).content.decode()
    assert "Contested, and settled as to be erased" in page
    assert "somebody else altogether" not in page
    with world.viewing(DPO) as viewer:
        assert approve(by=viewer, key=once) > 0
    for table in ("reflections_reflection", "contests_contest", "contests_settlement"):
        assert owned(world, f"select count(*) from {table}") == [(0,)], table
    assert "Threw his tray." not in page_of(world)


def test_two_contests_of_one_record_propose_it_once(world, entry):
    for by in ("head-of-unit", "case-lead"):
        put(world, take(world, entry), by=by, outcome=Outcome.ERASED)
    assert owned(world, "select count(*) from retention_erasure") == [(1,)]


def test_what_stands_or_was_put_right_proposes_nothing(world, entry):
    for outcome in (Outcome.STANDS, Outcome.PUT_RIGHT):
        put(world, take(world, entry), outcome=outcome)
    assert owned(world, "select count(*) from retention_erasure") == [(0,)]


def test_recipients_are_told_before_it_goes_because_afterwards_nobody_knows_them(world, entry):
    hand_over(world)
    once = new_key()
    put(world, take(world, entry), key=once, outcome=Outcome.ERASED)
    with world.viewing(DPO) as viewer, pytest.raises(Cannot, match="still to be told"):
        approve(by=viewer, key=once)
    with world.viewing(DPO) as viewer:
        (owed,) = corrections_owed(viewer=viewer)
        tell(by=viewer, key=owed.key, on=timezone.localdate(), how="Letter 13/26")
        assert approve(by=viewer, key=once) > 0


def test_keeping_one_contested_record_keeps_no_other_beyond_its_limit(world, entry):
    once = new_key()
    put(world, take(world, entry), key=once, outcome=Outcome.ERASED)
    later = timezone.localdate() + timedelta(days=90)
    with world.viewing(DPO) as viewer:
        keep(by=viewer, key=once, reason="A court asks for it.", look_again_on=later)
        assert kept_for_now(timezone.localdate()) == set()


# ---- Where the record is read besides the timeline ----


def test_a_meeting_reads_the_person_s_words_with_the_entry_that_they_contest(world):
    entry = world.add_reflection(
        "Amir Kaya", "personal-officer", seen_heard="Threw his tray.", difference="clearly",
        way="less", of_what="joking", saved_at=timezone.now() - timedelta(hours=2),
    )  # fmt: skip
    take(world, entry)
    with world.viewing("head-of-unit") as viewer:
        found = entries_since(
            world.people["Amir Kaya"], timezone.now() - timedelta(days=1), viewer=viewer
        )
        (said,) = said_in([entry], viewer=viewer).values()
    assert ("own", WORDS) in [(voice.kind, voice.text) for voice in found[0].voices]
    assert "not settled yet" in found[0].note
    assert "contested by the person" in in_words(said, timezone.localdate())


def test_the_page_of_an_unlock_note_says_that_it_is_contested(world):
    note = world.insert(
        "safety_unlocknote", id=new_key(), person_id=world.people["Amir Kaya"], kind="evacuation",
        reason="A bad knee.", instruction="Walks with a stick.", written_at=timezone.now(),
        written_by_id=world.staff["wing-officer"], review_on="2030-01-01", ended_because="",
    )  # fmt: skip
    take(world, note, kind="unlock-note")
    page = world.client("wing-officer").get(reverse("safety:note", args=[note])).content.decode()
    assert WORDS in page
