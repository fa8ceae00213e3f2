"""Writing in confidence, reading it back, asking and answering, as those who do it meet it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.observe.confidences.rules import (
    problem_with_answer,
    problem_with_days,
    why_struck,
)
from daybook.observe.confidences.vocabulary import Kept, Reply, Struck
from tests.world import World

from .confidence_world import AMIR, ASKED, BECAUSE, TOLD, answer, ask, concern, give_word, write

pytestmark = pytest.mark.django_db(transaction=True)


def notes_of(world: World, about: str = AMIR) -> str:
    return f"/people/{world.people[about]}/in-confidence/"


def page(world: World, who: str, address: str) -> str:
    return unescape(world.client(who).get(address).content.decode())


def rows(world: World, statement: str) -> list[tuple[Any, ...]]:
    return world.owner.execute(statement).fetchall()


# ---- Notes ----


def test_a_chaplain_signs_a_note_and_reads_it_back(world: World) -> None:
    client, address = world.client("chaplain"), notes_of(world)
    form = {"key": new_key(), "words": TOLD}
    assert client.post(address, form)["Location"] == address
    assert client.post(address, form).status_code == 302
    shown = unescape(client.get(address).content.decode())
    assert shown.count(TOLD) == 1
    assert "You alone read this" in shown
    assert 'autocomplete="off"' in shown
    assert "data-draft" not in shown
    assert rows(world, "select kind, people from audit_entry where subject = 'in confidence'") == [
        ("collection", [world.people[AMIR]])
    ]
    read = "select distinct people from audit_entry where subject ~ '^confidences:notes: in conf'"
    assert rows(world, read) == [([world.people[AMIR]],)]


def test_an_empty_note_is_asked_for_and_a_long_one_comes_back(world: World) -> None:
    client, address = world.client("chaplain"), notes_of(world)
    empty = client.post(address, {"key": new_key(), "words": " "})
    assert (empty.status_code, "Write what you were told." in empty.content.decode()) == (422, True)
    long = "Long words. " * 600
    answer = client.post(address, {"key": new_key(), "words": long})
    assert (answer.status_code, long.strip() in answer.content.decode()) == (422, True)
    assert rows(world, "select count(*) from confidences_confidence") == [(0,)]


def test_a_note_is_added_to_and_stays_as_it_was_signed(world: World) -> None:
    key, client = write(world), world.client("chaplain")
    form = {"key": new_key(), "words": "On Thursday: a letter had come."}
    for _tap in range(2):
        added = client.post(f"/in-confidence/notes/{key}/add/", form)
        assert added["Location"] == notes_of(world)
    shown = page(world, "chaplain", notes_of(world))
    assert TOLD in shown
    assert shown.count("On Thursday: a letter had come.") == 1


def test_a_note_is_taken_back_at_once_or_struck_later_with_a_reason(world: World) -> None:
    key, client = write(world), world.client("chaplain")
    address = f"/in-confidence/notes/{key}/strike/"
    assert "I take it back" in client.get(address).content.decode()
    late = {"because": "not-so"}
    assert client.post(address, late).status_code == 422
    assert client.post(address, {"because": "taken-back"}).status_code == 302
    assert TOLD not in page(world, "chaplain", notes_of(world))
    assert client.get(address).status_code == 404

    key = write(world)
    world.owner.execute("alter table confidences_confidence disable trigger user")
    world.owner.execute("update confidences_confidence set written_at = now() - interval '1 hour'")
    world.owner.execute("alter table confidences_confidence enable trigger user")
    address = f"/in-confidence/notes/{key}/strike/"
    offered = client.get(address).content.decode()
    assert "It was about somebody else" in offered
    assert "I take it back" not in offered
    assert client.post(address, {"because": "taken-back"}).status_code == 422
    assert client.post(address, late).status_code == 302
    for who in ("chaplain", "data-protection-officer", "oversight", "case-lead"):
        assert world.client(who).get(address).status_code == 404


def test_a_clinician_writes_for_the_discipline_and_care_while_it_answers(world: World) -> None:
    assert world.client("on-call-care").get(notes_of(world)).status_code == 404
    concern(world)
    for who, words in (("psychologist", "Sleeps better."), ("on-call-care", "Out of breath.")):
        form = {"key": new_key(), "words": words}
        assert world.client(who).post(notes_of(world), form).status_code == 302
    assert "Out of breath." not in page(world, "psychologist", notes_of(world))
    assert "Sleeps better." in page(world, "on-call-care", notes_of(world))


def test_the_way_in_stands_beside_the_person_for_those_who_hear(world: World) -> None:
    write(world)
    concern(world)
    person = f"/people/{world.people[AMIR]}/"
    for who in ("chaplain", "psychologist"):
        assert notes_of(world) in page(world, who, person), who
    for who in ("wing-officer", "head-of-unit", "duty-manager", "governor", "case-lead"):
        shown = page(world, who, person)
        assert notes_of(world) not in shown, who
        assert "In confidence" not in shown, who


def test_a_list_of_notes_costs_the_same_however_long(
    world: World, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (1, 2):
        for _ in range(more):
            write(world)
        with CaptureQueriesContext(connection) as asked:
            world.client("chaplain").get(notes_of(world))
        counts.append(len(asked))
    assert counts[0] == counts[1]


# ---- How chaplains belong here ----


@pytest.mark.parametrize("status", ["employed", "external", "none"])
def test_how_chaplains_belong_here_is_configured(world: World, settings: Any, status: str) -> None:
    write(world)
    settings.CHAPLAINCY = status
    client, address = world.client("chaplain"), notes_of(world)
    written = client.post(address, {"key": new_key(), "words": "More."})
    assert written.status_code == (404 if status == "none" else 302)
    # What was told before is still its writer's.
    shown = unescape(client.get(address).content.decode())
    assert TOLD in shown
    assert ("answer for it to your own community" in shown) is (status == "external")
    asked = page(world, "wing-officer", "/in-confidence/ask/")
    assert ("to a chaplain" in asked) is (status != "none")
    assert ("answer to their own community" in asked) is (status == "external")


# ---- Requests ----


@pytest.fixture
def numbered(world: World) -> World:
    for number, name in enumerate(world.people):
        world.insert(
            "people_identifier", person_id=world.people[name], system="prison", number=f"N-{number}"
        )
    return world


def form(**more: Any) -> dict[str, Any]:
    return {
        "key": new_key(), "number": "N-0", "kept": "pastoral", "words": ASKED, "reason": BECAUSE,
    } | more  # fmt: skip


def test_a_request_goes_to_who_keeps_it_and_the_answer_to_who_asked(numbered: World) -> None:
    asker, keeper = numbered.client("head-of-unit"), numbered.client("chaplain")
    sent = form()
    for _tap in range(2):
        assert asker.post("/in-confidence/ask/", sent)["Location"] == "/in-confidence/"
    assert notices(numbered) == {("chaplain", "in-confidence")}
    waiting = unescape(keeper.get("/in-confidence/").content.decode())
    assert "Waits for your answer" in waiting
    assert ASKED not in waiting
    address = f"/in-confidence/asked/{sent['key']}/"
    assert BECAUSE in unescape(keeper.get(address).content.decode())
    said = {"key": new_key(), "reply": "part", "reason": "He agreed.", "words": "With his cousin."}
    for _tap in range(2):
        assert keeper.post(f"{address}answer/", said)["Location"] == address
    assert notices(numbered) == {
        ("chaplain", "in-confidence"), ("head-of-unit", "in-confidence-answered"),
    }  # fmt: skip
    told = unescape(asker.get(address).content.decode())
    assert all(words in told for words in ("In part", "With his cousin.", "He agreed."))
    other = keeper.post(f"{address}answer/", said | {"key": new_key(), "reply": "yes"})
    assert (other.status_code, "An answer stays as it was given" in other.content.decode()) == (
        422, True,
    )  # fmt: skip
    logged = rows(
        numbered,
        "select kind, recipient = (select key::text from staff_staff where username = "
        "'head-of-unit') from audit_entry where subject ~ 'in confidence$'"
        " and kind <> 'consultation' order by at",
    )
    assert logged == [("collection", False), ("disclosure", True)]


def plain(text: str) -> str:
    """What a page says, without keys and times."""
    main = text[text.index("<main") : text.index("</main")]
    return re.sub(r"[0-9a-f-]{36}|<[^>]*>|\d\d:\d\d", "", main)


def notices(world: World) -> set[tuple[str, str]]:
    return set(
        rows(
            world,
            "select who.username, n.kind from duties_notice n"
            " join staff_staff who on who.id = n.staff_id",
        )
    )


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"number": "N-3"}, "Nobody you work with has this number."),
        ({"number": "nobody"}, "Nobody you work with has this number."),
        ({"reason": ""}, "Write why you must know it."),
        ({"words": ""}, "Write what you must know."),
        ({"kept": ""}, "Choose to whom it was told."),
        ({"kept": "source-identity"}, "Choose one of the answers offered."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    numbered: World, more: dict[str, str], why: str
) -> None:
    sent = form(**more)
    answer = numbered.client("head-of-unit").post("/in-confidence/ask/", sent)
    shown = unescape(answer.content.decode())
    assert (answer.status_code, why in shown) == (422, True)
    assert all(words in shown for words in (sent["words"], sent["reason"]))
    assert rows(numbered, "select count(*) from confidences_question") == [(0,)]


def test_asking_tells_nobody_whether_there_is_anything(numbered: World) -> None:
    write(numbered)
    shown = []
    for about in ("N-0", "N-1"):
        client = numbered.client("head-of-unit")
        sent = form(number=about)
        client.post("/in-confidence/ask/", sent)
        answer = client.get(f"/in-confidence/asked/{sent['key']}/").content.decode()
        shown.append(answer.replace("Amir Kaya", "").replace("Jonas Petit", ""))
    first, second = map(plain, shown)
    assert first == second


def test_a_source_is_asked_for_by_its_reference(world: World) -> None:
    officer, analyst = world.client("wing-officer"), world.client("analyst")
    key = new_key()
    told = officer.post(
        "/in-confidence/source/", {"key": key, "words": "Pavel of the laundry"}, follow=True
    )
    assert str(key) in told.content.decode()
    assert "Pavel" not in told.content.decode()
    sent = {"key": new_key(), "source": key, "words": ASKED, "reason": BECAUSE}
    wrong = analyst.post("/in-confidence/source/ask/", sent | {"source": new_key()})
    assert "There is no source with this reference" in wrong.content.decode()
    assert analyst.post("/in-confidence/source/ask/", sent).status_code == 302
    assert notices(world) == {("source-custodian", "in-confidence")}
    custodian = world.client("source-custodian")
    address = f"/in-confidence/asked/{sent['key']}/"
    assert "Pavel of the laundry" in custodian.get(address).content.decode()
    assert "Pavel" not in analyst.get(address).content.decode()
    said = {"key": new_key(), "reply": "no", "reason": "He would be known.", "words": ""}
    custodian.post(f"{address}answer/", said)
    assert "Pavel" not in custodian.get(address).content.decode()


@pytest.mark.slow
def test_of_two_who_answer_at_one_moment_one_does(world: World) -> None:
    world.add_staff("other-chaplain", "chaplain", establishment="north")
    question = ask(world)

    def reply(who: str) -> int:
        try:
            said = {"key": new_key(), "reply": "no", "reason": f"So says {who}.", "words": ""}
            address = f"/in-confidence/asked/{question}/answer/"
            return world.client(who).post(address, said).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        statuses = list(threads.map(reply, ["chaplain", "other-chaplain"] * 2))
    assert sorted(statuses) == [302, 422, 422, 422]
    assert rows(world, "select count(*) from confidences_answer") == [(1,)]


def test_what_was_asked_and_answered_is_all_kept(world: World) -> None:
    for reply, words in ((Reply.NO, ""), (Reply.YES, "He may.")):
        answer(world, ask(world), reply=reply, words=words)
    ask(world, kept=Kept.HEALTH)
    shown = page(world, "head-of-unit", "/in-confidence/")
    assert len(re.findall(r">(?:No|Yes)</strong> · answered <time", shown)) == 2
    assert "not answered yet" in shown


# ---- A person's word ----


def test_the_person_s_word_is_taken_down_and_taken_back(world: World) -> None:
    write(world)
    address, client = f"{notes_of(world)}word/", world.client("chaplain")
    today = timezone.localdate()
    good = {"how": "On paper.", "given_on": today, "until": today + timedelta(days=9)}
    wrong = client.post(address, good | {"key": new_key(), "until": today - timedelta(days=1)})
    assert "That day has passed." in wrong.content.decode()
    assert client.post(address, good | {"key": new_key()})["Location"] == address
    assert TOLD in page(world, "oversight", notes_of(world))
    assert "Amir Kaya" in page(world, "oversight", "/in-confidence/")
    key = rows(world, "select id from confidences_consent")[0][0]
    for _tap in range(2):
        assert client.post(f"{address}{key}/end/").status_code == 302
    assert world.client("oversight").get(notes_of(world)).status_code == 404


def test_a_word_to_the_chaplain_opens_nothing_of_health(world: World) -> None:
    write(world, "psychologist", words="Sleeps badly.")
    write(world)
    give_word(world)
    shown = page(world, "oversight", notes_of(world))
    assert (TOLD in shown, "Sleeps badly." in shown) == (True, False)


# ---- Rules ----


def test_rules_of_striking_answering_and_days() -> None:
    now, today = timezone.now(), timezone.localdate()
    assert why_struck(now - timedelta(minutes=15), now=now) == [Struck.TAKEN_BACK]
    assert Struck.TAKEN_BACK not in why_struck(now - timedelta(minutes=16), now=now)
    assert problem_with_answer(Reply.NO, "") == problem_with_answer(Reply.YES, "So.") == ""
    assert problem_with_answer(Reply.NO, "So.")
    assert problem_with_answer(Reply.PART, "")
    year = timedelta(days=366)
    assert problem_with_days(today, today + year, today=today) == ""
    assert problem_with_days(today, today + year + timedelta(days=1), today=today)
    assert problem_with_days(today + timedelta(days=1), today + year, today=today)
    assert problem_with_days(today - year - timedelta(days=1), today, today=today)
