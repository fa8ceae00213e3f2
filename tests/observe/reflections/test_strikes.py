"""The wrong person, the wrong word: struck or moved, gone at once, sealed, and never rewritten."""

import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.access.scope import as_author
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.actions.pictures import draw
from daybook.observe.reflections.models import Channel, Picture
from daybook.observe.reflections.rules.strikes import names_somebody

from .person_world import (
    add_answer,
    add_meeting,
    add_picture,
    add_strength,
    add_told,
    add_trust,
    add_usual,
    ago,
)

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Threw his tray across the servery."
WHY = "It was about somebody else on the landing."


@pytest.fixture
def entry(world):
    """What the personal officer wrote about Amir two hours ago, and meant somebody else."""
    return world.add_reflection(
        "Amir Kaya", "personal-officer", seen_heard=WORDS, steps={"mood": 1, "tension": None},
        difference="clearly", way="less", of_what="patience",
        saved_at=timezone.now() - timedelta(hours=2),
    )  # fmt: skip


def strike(world, entry, /, by="head-of-unit", kind="reflection", **said):
    url = reverse("reflections:strike", args=[kind, entry])
    given = {"key": str(new_key()), "what": "strike", "reason": WHY} | said
    return world.client(by).post(url, given)


def move(world, entry, /, to="Jonas Petit", **said):
    return strike(
        world, entry, what="move", whose=to[:3].lower(), moved_to=world.people[to], **said
    )


def look(world, by="wing-officer", person="Amir Kaya"):
    url = reverse("reflections:person", args=[world.people[person]])
    return world.client(by).get(url).content.decode()


def owned(world, query, *values):
    return world.owner.execute(query, list(values)).fetchall()


def strikes(world):
    return owned(world, "select kind, record, moved, reason from reflections_strike")


# ---- Struck ----


def test_what_is_struck_leaves_every_page_at_once(world, entry):
    discussion = add_meeting(world, day=0)
    world.owner.execute("alter table reflections_meetingperson disable trigger user")
    world.owner.execute("update reflections_meetingperson set said_in = %s", [[entry]])
    world.owner.execute("alter table reflections_meetingperson enable trigger user")
    minutes = reverse(
        "reflections:minutes",
        args=[owned(world, "select meeting_id from reflections_meetingperson where id = %s",
                    discussion)[0][0]],
    )  # fmt: skip
    pages = ["/wing/a/", minutes, reverse("home")]
    officer = world.client("wing-officer")
    assert WORDS in look(world)
    assert "patience" in officer.get("/wing/a/").content.decode()
    assert "patience" in officer.get(minutes).content.decode()

    assert strike(world, entry).status_code == 302
    for name in ("wing-officer", "personal-officer", "head-of-unit", "governor", "oversight"):
        assert WORDS not in look(world, name), name
        for page in pages:
            assert "patience" not in world.client(name).get(page).content.decode(), (name, page)
    said = officer.get(minutes).content.decode()
    assert "Put forward by an entry that was struck, today" in said
    assert "took back" not in said
    assert strikes(world) == [("reflection", entry, False, WHY)]


def test_its_author_is_told_and_reads_the_reason_and_not_the_words(world, entry):
    strike(world, entry)
    author = world.client("personal-officer")
    assert "An entry of yours was struck" in author.get("/notices/").content.decode()
    html = author.get(reverse("reflections:written")).content.decode()
    assert WHY in html
    assert "Head Of Unit" in html or "A. Head" in html
    assert WORDS not in html
    assert author.get(reverse("reflections:add", args=[entry])).status_code == 404
    other = world.client("wing-officer").get(reverse("reflections:written")).content.decode()
    assert WHY not in other


def test_it_stands_in_the_log_with_the_reason(world, entry):
    strike(world, entry)
    assert owned(
        world, "select kind, record, people, reason from audit_entry where subject = 'entry struck'"
    ) == [("alteration", str(entry), [world.people["Amir Kaya"]], WHY)]


def test_every_kind_of_entry_may_be_struck(world, entry):
    addition = world.insert(
        "reflections_addition", id=new_key(), reflection_id=entry,
        person_id=world.people["Amir Kaya"], author_id=world.staff["wing-officer"],
        text="He said sorry later.", added_at=timezone.now(),
    )  # fmt: skip
    objection = add_told(world, objects_to_it=True, said="Not my words.")
    add_answer(world, objection, words="We talked about it.")
    kinds = {
        "addition": (addition, "He said sorry later."),
        "strength": (add_strength(world), "Explains the work"),
        "trust": (add_trust(world), "Wing cleaner"),
        "told": (objection, "We talked about it."),
        "usual": (add_usual(world), "I stop cooking"),
        "reflection": (entry, WORDS),
    }
    html = look(world, "head-of-unit")
    for kind, (key, words) in kinds.items():
        assert words in html, kind
        assert reverse("reflections:strike", args=[kind, key]) in html, kind
        assert strike(world, key, kind=kind).status_code == 302, kind
        assert words not in look(world, "head-of-unit"), kind
    # What was struck is no usual pattern: a new one is written without it.
    assert add_usual(world, words="Sings.")


def test_additions_are_sealed_with_their_entry(world, entry):
    officer = world.client("wing-officer")
    add = reverse("reflections:add", args=[entry])
    officer.post(add, {"key": str(new_key()), "text": "He was tired."})
    strike(world, entry)
    with world.viewing("wing-officer"), connection.cursor() as cursor:
        for table in ("reflections_reflection", "reflections_rating", "reflections_addition"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,), table


# ---- Who may ----


@pytest.mark.parametrize(
    "name",
    [
        "wing-officer", "personal-officer", "activity-staff", "governor", "oversight",
        "psychologist", "probation-officer", "chaplain", "analyst", "data-protection-officer",
        "administrator", "b-officer", "nobody",
    ],
)  # fmt: skip
def test_whoever_does_not_lead_meets_nothing(world, entry, name):
    url = reverse("reflections:strike", args=["reflection", entry])
    assert world.client(name).get(url).status_code == 404
    assert strike(world, entry, by=name).status_code == 404
    with pytest.raises(DatabaseError), world.viewing(name), connection.cursor() as cursor:
        cursor.execute(
            "select daybook.strike(%s, 'reflection', %s, 'No.', null, null)", [new_key(), entry]
        )
    assert strikes(world) == []


@pytest.mark.parametrize("name", ["head-of-unit", "duty-manager", "case-lead"])
def test_whoever_leads_the_unit_or_the_case_may(world, entry, name):
    assert "wrong?" in look(world, name)
    assert strike(world, entry, by=name).status_code == 302
    assert len(strikes(world)) == 1


def test_an_officer_sees_no_way_to_it(world, entry):
    assert "wrong?" not in look(world, "wing-officer")


def test_a_head_of_another_unit_or_a_lead_whose_case_has_ended_may_not(world, entry):
    world.add_staff("b-head", "head-of-unit", unit="b")
    assert strike(world, entry, by="b-head").status_code == 404
    world.owner.execute("alter table cases_case disable trigger user")
    world.owner.execute(
        "update cases_case set opened_at = now() - interval '90 days',"
        " review_on = current_date - 30, ends_on = current_date - 1"
    )
    assert strike(world, entry, by="case-lead").status_code == 404


def test_for_fifteen_minutes_it_is_its_author_s(world):
    fresh = world.add_reflection(
        "Amir Kaya", "personal-officer", saved_at=timezone.now() - timedelta(minutes=2)
    )
    url = reverse("reflections:strike", args=["reflection", fresh])
    assert "its author can take it back" in world.client("head-of-unit").get(url).content.decode()
    assert strike(world, fresh).status_code == 422
    with pytest.raises(DatabaseError), world.viewing("head-of-unit"):
        connection.cursor().execute(
            "select daybook.strike(%s, 'reflection', %s, 'Now.', null, null)", [new_key(), fresh]
        )
    assert strikes(world) == []


# ---- Bad input, bad moments ----


def test_a_reason_is_asked_and_names_nobody(world, entry):
    for reason in ("", "   ", "It was Kaya's neighbour.", "amir said otherwise", "x" * 301):
        answer = strike(world, entry, reason=reason)
        assert answer.status_code == 422, reason
    assert "without a name" in strike(world, entry, reason="Not Amir.").content.decode()
    assert strike(world, entry, what="", reason=WHY).status_code == 422
    assert strike(world, entry, key="no key").status_code == 422
    assert strike(world, entry, kind="meeting").status_code == 404
    assert strikes(world) == []


def test_a_name_is_found_whole_and_without_accents():
    assert names_somebody("That was JOSÉ.", ["Jose Petit"])
    assert not names_somebody("A kayak was mentioned.", ["Amir Kaya"])
    assert not names_somebody("", ["Amir Kaya"])


def test_a_second_tap_and_a_second_leader_find_it_struck(world, entry):
    key = str(new_key())
    assert strike(world, entry, key=key).status_code == 302
    assert strike(world, entry, key=key).status_code == 302
    late = strike(world, entry, by="duty-manager", reason="Too harsh.")
    assert late.status_code == 302
    assert len(strikes(world)) == 1


def test_two_who_strike_at_one_moment_strike_once(world, entry):
    """The second waits for the first, and is told."""
    said = "select daybook.strike(%s, 'reflection', %s, 'Wrong.', null, null)"
    answers = []

    def second():
        with world.viewing("duty-manager"):
            cursor = connection.cursor()
            cursor.execute(said, [new_key(), entry])
            answers.append(cursor.fetchone()[0])
        connection.close()

    with world.viewing("head-of-unit"):
        cursor = connection.cursor()
        cursor.execute(said, [new_key(), entry])
        assert cursor.fetchone()[0] is True
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "it waits"
    thread.join(10)
    assert answers == [False]
    assert len(strikes(world)) == 1


def test_whoever_adds_while_it_is_struck_is_told(world, entry):
    answers = []

    def add():
        url = reverse("reflections:add", args=[entry])
        said = {"key": str(new_key()), "text": "He was tired."}
        answers.append(world.client("wing-officer").post(url, said))
        connection.close()

    with world.viewing("head-of-unit"):
        connection.cursor().execute(
            "select daybook.strike(%s, 'reflection', %s, 'Wrong.', null, null)", [new_key(), entry]
        )
        thread = threading.Thread(target=add)
        thread.start()
        thread.join(1)
    thread.join(10)
    html = answers[0].content.decode()
    assert "struck meanwhile" in html
    assert "He was tired." in html
    assert owned(world, "select count(*) from reflections_addition") == [(0,)]


# ---- Moved ----


def test_moved_its_words_stand_with_whom_they_are_about(world, entry):
    first = strike(world, entry, what="move", whose="jon")
    assert first.status_code == 422, "a name finds people; one of them is chosen"
    assert "Jonas Petit" in first.content.decode()
    assert move(world, entry).status_code == 302
    assert WORDS not in look(world)
    html = look(world, person="Jonas Petit")
    assert WORDS in html
    assert WHY in html
    assert "moved here" in html
    assert "Amir" not in html
    row = (
        "select author_id, day, saved_at, seen_heard, difference, of_what, struck_at is null"
        " from reflections_reflection where person_id = %s"
    )
    there = owned(world, row, world.people["Jonas Petit"])
    assert [each[:-1] for each in there] == [
        each[:-1] for each in owned(world, row, world.people["Amir Kaya"])
    ]
    assert there[0][-1] is True
    assert owned(
        world, "select person_id, step, struck_at is null from reflections_rating order by 1, 2"
    ) == [
        (world.people["Amir Kaya"], 1, False), (world.people["Amir Kaya"], None, False),
        (world.people["Jonas Petit"], 1, True), (world.people["Jonas Petit"], None, True),
    ]  # fmt: skip
    assert set(owned(world, "select people from audit_entry where subject = 'entry moved'")[0][0]) \
        == {world.people["Amir Kaya"], world.people["Jonas Petit"]}  # fmt: skip
    written = world.client("personal-officer").get(reverse("reflections:written"))
    assert "moved to whom it is about" in written.content.decode()


def test_what_was_moved_may_be_struck_where_it_stands_now(world, entry):
    move(world, entry)
    there = owned(world, "select id from reflections_move")[0][0]
    assert strike(world, there).status_code == 302
    assert WORDS not in look(world, person="Jonas Petit")


def test_trust_strength_and_what_was_told_move_too(world):
    told = add_told(world, objects_to_it=True, said="Not so.")
    add_answer(world, told, words="We looked at it.")
    for kind, key in (("trust", add_trust(world)), ("strength", add_strength(world)),
                      ("told", told)):  # fmt: skip
        assert move(world, key, kind=kind).status_code == 302, kind
    html = look(world, person="Jonas Petit")
    for words in ("Wing cleaner", "Explains the work", "Not so.", "We looked at it."):
        assert words in html
        assert words not in look(world)


def test_it_moves_to_somebody_else_in_reach_and_as_a_whole(world, entry):
    head = world.client("head-of-unit")
    url = reverse("reflections:strike", args=["reflection", entry])
    for name, to in (("Cem Demir", "cem"), ("Bao Tran", "bao"), ("Amir Kaya", "ami")):
        said = {"key": str(new_key()), "what": "move", "reason": WHY, "whose": to}
        answer = head.post(url, said | {"moved_to": world.people[name]})
        assert answer.status_code == 422, name
        assert name == "Amir Kaya" or name not in answer.content.decode()
    assert move(world, add_usual(world), kind="usual").status_code == 422
    with pytest.raises(DatabaseError), world.viewing("head-of-unit"):
        connection.cursor().execute(
            "select daybook.strike(%s, 'reflection', %s, 'Wrong.', %s, %s)",
            [new_key(), entry, world.people["Cem Demir"], new_key()],
        )
    assert strikes(world) == []


# ---- Charts ----


def test_no_chart_shows_a_struck_day_and_the_next_is_drawn_without_it(world, entry):
    for day in range(40, 0, -1):
        world.add_reflection("Amir Kaya", "wing-officer", day=ago(day), steps={"mood": 3})
    north = world.establishments["north"]

    def drawn():
        from django.db import transaction

        with transaction.atomic(), at_the_desk() as clerk:
            draw(by=clerk, establishment_id=north, today=timezone.localdate())
            mood = Channel.objects.get(key="mood")
            found = Picture.objects.filter(person_id=world.people["Amir Kaya"], channel=mood)
            return found.values_list("raw", flat=True)[0]

    assert drawn()[-1] == 1
    add_picture(world, channel="with-staff")
    strike(world, entry)
    left = owned(world, "select c.key from reflections_picture p join reflections_channel c"
                        " on c.id = p.channel_id")  # fmt: skip
    assert left == [("with-staff",)], "what it did not touch stays"
    assert owned(
        world, "select count(*) from procrastinate_jobs where task_name like '%%draw_charts'"
    ) == [(1,)]
    assert 1 not in drawn()


# ---- Sealed ----

LOOKS = ["reflections_reflection", "reflections_rating", "reflections_addition",
         "reflections_strength", "reflections_truststep", "reflections_told", "reflections_answer",
         "reflections_usualpattern", "reflections_earlysign"]  # fmt: skip
READ_BACK = ["reflections_reflection", "reflections_rating", "reflections_addition",
             "reflections_answer"]  # fmt: skip


def test_no_role_sees_a_sealed_row_or_writes_in_it(world, entry):
    objection = add_told(world, objects_to_it=True)
    add_answer(world, objection)
    for kind, key in (
        ("strength", add_strength(world)),
        ("trust", add_trust(world)),
        ("told", objection),
        ("usual", add_usual(world)),
        ("reflection", entry),
    ):
        strike(world, key, kind=kind)  # fmt: skip
    for name in world.staff:
        with world.viewing(name) as viewer, connection.cursor() as cursor:
            for table in LOOKS:
                cursor.execute(f"select count(*) from {table}")
                assert cursor.fetchone() == (0,), (name, table)
            with as_author(viewer):
                for table in READ_BACK:
                    cursor.execute(f"select count(*) from {table}")
                    assert cursor.fetchone() == (0,), (name, table, "as author")
    with world.viewing("wing-officer"), connection.cursor() as cursor:
        cursor.execute("update reflections_truststep set struck_at = null, note = 'No.'")
        assert cursor.rowcount == 0


def test_nobody_seals_a_row_without_a_strike(world, entry):
    key = add_trust(world)
    for statement in (
        "update reflections_truststep set struck_at = now() where id = %s",
        "insert into reflections_strike (id, kind, record, person_id, author_id, moved,"
        " struck_by_id, struck_at, reason) values (gen_random_uuid(), 'trust', %s, 1, 1, false, 1,"
        " now(), 'No.')",
    ):
        with pytest.raises(DatabaseError), world.viewing("head-of-unit"):
            connection.cursor().execute(statement, [key])


@pytest.mark.parametrize(
    "rewrite",
    [
        "update reflections_reflection set seen_heard = 'Nothing.'",
        "update reflections_reflection set struck_at = null",
        "update reflections_rating set step = 5",
        "update reflections_truststep set what = 'Nothing'",
        "update reflections_truststep set struck_at = null",
        "delete from reflections_truststep",
        "update reflections_strength set words = 'None'",
        "update reflections_strength set struck_at = null",
        "update reflections_strike set reason = 'Because.'",
        "delete from reflections_strike",
        "update reflections_move set reason = 'Because.'",
    ],
)
def test_the_owner_rewrites_nothing_that_is_sealed(world, entry, rewrite):
    for kind, key in (("strength", add_strength(world)), ("trust", add_trust(world))):
        strike(world, key, kind=kind)
    move(world, entry)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.owner.execute(rewrite)


def test_an_entry_that_stands_is_not_sealed_by_its_owner_either(world, entry):
    for statement in ("update reflections_reflection set struck_at = now()",
                      "update reflections_rating set struck_at = now()"):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            world.owner.execute(statement)


def test_who_sees_that_something_was_struck(world, entry):
    strike(world, entry)
    seen = set()
    for name in world.staff:
        with world.viewing(name), connection.cursor() as cursor:
            cursor.execute("select count(*) from reflections_strike")
            if cursor.fetchone()[0]:
                seen.add(name)
    assert seen == {
        "head-of-unit", "duty-manager", "case-lead", "data-protection-officer", "oversight",
        "clerk", "personal-officer",
    }, "the last of these wrote it"  # fmt: skip


# ---- Data protection ----


def unseal(world, key, by="data-protection-officer", inquiry="DP 12/26, asked by his lawyer"):
    return world.client(by).post(
        reverse("reflections:sealed"), {"strike": str(key), "inquiry": inquiry}
    )


def test_data_protection_opens_one_on_a_named_inquiry_and_it_is_logged(world, entry):
    world.client("wing-officer").post(
        reverse("reflections:add", args=[entry]), {"key": str(new_key()), "text": "He was tired."}
    )
    strike(world, entry)
    key = owned(world, "select id from reflections_strike")[0][0]
    page = world.client("data-protection-officer").get(reverse("reflections:sealed"))
    html = page.content.decode()
    assert WHY in html
    assert WORDS not in html
    assert "Amir" not in html
    assert unseal(world, key, inquiry=" ").status_code == 422
    assert unseal(world, new_key()).status_code == 404
    assert unseal(world, "no key").status_code == 422
    opened = unseal(world, key).content.decode()
    for words in (WORDS, "Amir Kaya", "Clearly different: less patience", "He was tired.", "Mood"):
        assert words in opened
    assert owned(
        world, "select record, people, reason from audit_entry where subject = 'sealed entry'"
    ) == [(str(entry), [world.people["Amir Kaya"]], "DP 12/26, asked by his lawyer")]


def test_every_kind_opens_with_all_that_belongs_to_it(world):
    objection = add_told(world, objects_to_it=True, said="Not so.")
    add_answer(world, objection, words="We looked at it.")
    for kind, key, words in (
        ("strength", add_strength(world), ["Explains the work"]),
        ("trust", add_trust(world), ["Wing cleaner", "Keys back every evening."]),
        ("told", objection, ["Not so.", "We looked at it.", "Objects to the record."]),
        ("usual", add_usual(world), ["Quiet before noon", "I stop cooking"]),
    ):
        strike(world, key, kind=kind)
        sealed = owned(world, "select id from reflections_strike where record = %s", key)[0][0]
        html = unseal(world, sealed).content.decode()
        assert all(each in html for each in words), kind


def test_nobody_else_opens_a_seal(world, entry):
    strike(world, entry)
    key = owned(world, "select id from reflections_strike")[0][0]
    for name in world.staff:
        if name == "data-protection-officer":
            continue
        if name != "clerk":
            assert unseal(world, key, by=name).status_code == 404, name
            assert world.client(name).get(reverse("reflections:sealed")).status_code == 404, name
        with pytest.raises(DatabaseError), world.viewing(name):
            connection.cursor().execute("select daybook.unseal(%s, 'I ask.')", [key])
    with pytest.raises(DatabaseError), world.viewing("data-protection-officer"):
        connection.cursor().execute("select daybook.unseal(%s, ' ')", [key])
