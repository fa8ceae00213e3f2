"""A record out of reach, opened in an emergency: for three hours, with a reason, and reviewed."""

import html
import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from daybook.foundation.access.roles import ROLES, Compartment, Right
from daybook.foundation.audit.sequencer import number_all
from daybook.foundation.breakglass import actions, queries
from daybook.foundation.breakglass.actions import A_NUMBER
from daybook.foundation.breakglass.rules import MOST_A_DAY
from daybook.foundation.breakglass.tasks import remind_of_reviews
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.tries import MustWait

pytestmark = pytest.mark.django_db(transaction=True)

WHY = "He is on our wing after the fight and can’t say what he is allergic to."
OPENED = {Compartment.IDENTITY, Compartment.WING, Compartment.SAFETY, Compartment.CASEWORK}
READ_THROUGH = {"people_person", "people_stay", "reflections_reflection"}


@pytest.fixture
def world(world):
    """Bao lives on wing b under number B-77, out of reach of the head of wing a."""
    world.insert(
        "people_identifier", person_id=world.people["Bao Tran"], system="prison", number="B-77"
    )
    world.add_staff("b-head", "head-of-unit", unit="b")
    world.add_reflection("Bao Tran", "b-officer", seen_heard="Sang at the window all evening.")
    return world


def opened(world, who="head-of-unit", number="B-77", key=None):
    with world.viewing(who) as viewer:
        return actions.break_glass(by=viewer, key=key or new_key(), number=number, reason=WHY)


def rows(world, table="breakglass_opening"):
    return world.owner.execute(f"select count(*) from {table}").fetchone()[0]


def move(world, **columns):
    """Time passes: what was opened was opened so much earlier."""
    world.owner.execute("alter table breakglass_opening disable trigger user")
    for column, value in columns.items():
        world.owner.execute(f"update breakglass_opening set {column} = {value}")
    world.owner.execute("alter table breakglass_opening enable trigger user")


def earlier(world, hours):
    ago = f"- interval '{hours} hours'"
    move(world, opened_at=f"opened_at {ago}, ends_at = ends_at {ago}")


def page_of(world, who, name="Bao Tran"):
    return world.client(who).get(f"/people/{world.people[name]}/")


def test_a_number_and_a_reason_open_the_record_and_a_banner_says_so(world):
    client = world.client("head-of-unit")
    assert page_of(world, "head-of-unit").status_code == 404
    answer = client.post(
        "/break-glass/", {"key": new_key(), "number": " B-77 ", "reason": WHY}, follow=True
    )
    said = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Sang at the window all evening." in said
    assert "Opened in an emergency, until" in said
    assert WHY in said
    assert "Opened in an emergency" not in client.get("/glossary/").content.decode()


def test_it_opens_reading_in_four_kinds_and_nothing_else(world):
    bao = world.people["Bao Tran"]
    assert opened(world) == bao
    with world.viewing("head-of-unit") as viewer:
        for compartment in Compartment:
            reads = compartment in OPENED
            assert (bao in viewer.people(compartment)) is reads, compartment
            assert bao not in viewer.people(compartment, Right.WRITE), compartment


def test_the_second_wall_alone_opens_it_and_closes_it(world):
    seen = "select count(*) from reflections_reflection where person_id = %s"
    bao = world.people["Bao Tran"]
    with world.viewing("head-of-unit"), connection.cursor() as cursor:
        cursor.execute(seen, [bao])
        assert cursor.fetchone() == (0,)
    opened(world)
    for hours, expected in ((0, 1), (2.9, 1), (0.2, 0)):
        earlier(world, hours)
        with world.viewing("head-of-unit"), connection.cursor() as cursor:
            cursor.execute(seen, [bao])
            assert cursor.fetchone() == (expected,), hours


def test_the_first_wall_alone_opens_it_and_closes_it(world):
    for table in READ_THROUGH:
        world.owner.execute(f"alter table {table} disable row level security")
    assert page_of(world, "head-of-unit").status_code == 404
    opened(world)
    assert page_of(world, "head-of-unit").status_code == 200
    earlier(world, 3)
    assert page_of(world, "head-of-unit").status_code == 404


def test_it_opens_for_nobody_but_who_opened_it_and_only_that_person(world):
    cem = world.people["Cem Demir"]
    opened(world)
    world.add_staff("another-head", "head-of-unit", unit="a")
    assert page_of(world, "another-head").status_code == 404
    with world.viewing("head-of-unit") as viewer:
        assert cem not in viewer.people(Compartment.WING)


def test_it_is_over_with_the_role_that_gave_the_right(world):
    opened(world)
    world.owner.execute(
        "update access_assignment set until = now() where staff_id = %s",
        [world.staff["head-of-unit"]],
    )
    world.assign(world.staff["head-of-unit"], "wing-officer", unit="a")
    assert page_of(world, "head-of-unit").status_code == 404


def test_only_who_answers_for_a_shift_or_a_unit_has_the_right(world):
    number = "C-9"
    world.insert(
        "people_identifier", person_id=world.people["Cem Demir"], system="prison", number=number
    )
    opens = set()
    for role in sorted(ROLES.keys() - {"clerk"}):
        status = world.client(role).get("/break-glass/").status_code
        with world.viewing(role), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(
                        "select daybook.break_glass(%s, %s, %s)", [new_key(), number, WHY]
                    )
                    opens.add(role)
            except DatabaseError:
                pass
        assert status == (200 if role in opens else 404), role
    assert opens == {"duty-manager", "head-of-unit"}
    assert rows(world) == len(opens)


def test_no_role_writes_an_opening_past_the_function(world):
    with world.viewing("head-of-unit") as viewer, pytest.raises(DatabaseError):
        connection.cursor().execute(
            "insert into breakglass_opening (id, staff_id, person_id, unit_id, reason, opened_at,"
            " ends_at) values (%s, %s, %s, %s, 'x', now(), now() + interval '3 hours')",
            [new_key(), viewer.staff_id, world.people["Cem Demir"], world.units["c"]],
        )


def test_every_number_that_opens_nobody_is_answered_alike(world):
    world.insert(
        "people_identifier", person_id=world.people["Cem Demir"], system="prison", number="C-9"
    )
    world.owner.execute(
        "update people_stay set ended_at = now() where person_id = %s", [world.people["Cem Demir"]]
    )
    for person, system in (("Bao Tran", "other"), ("Cem Demir", "else")):
        world.insert(
            "people_identifier", person_id=world.people[person], system=system, number="BOTH"
        )
    said = set()
    for number in ("B-7", "b-77%", "C-9", "BOTH"):
        answer = world.client("head-of-unit").post(
            "/break-glass/", {"key": new_key(), "number": number, "reason": WHY}
        )
        assert answer.status_code == 422
        said.add(answer.content.decode().partition("error-summary")[2].partition("</")[0])
    assert len(said) == 1
    assert rows(world) == 0
    denied = world.owner.execute(
        "select count(*) from audit_entry where kind = 'denial' and subject like 'break-glass%'"
    ).fetchone()
    assert denied == (4,)


def test_whoever_guesses_waits(world):
    with world.viewing("head-of-unit") as viewer:
        for guess in range(A_NUMBER.tries):
            actions.break_glass(by=viewer, key=new_key(), number=f"B-{guess}", reason=WHY)
        with pytest.raises(MustWait):
            actions.break_glass(by=viewer, key=new_key(), number="B-77", reason=WHY)
    answer = world.client("head-of-unit").post(
        "/break-glass/", {"key": new_key(), "number": "B-77", "reason": WHY}
    )
    assert answer.status_code == 422
    assert "too many numbers" in answer.content.decode()


def test_so_many_a_day_and_no_more(world):
    for at in range(MOST_A_DAY + 1):
        name = f"Extra{at} Person"
        world.add_person(name, "b")
        world.insert(
            "people_identifier", person_id=world.people[name], system="prison", number=f"E-{at}"
        )
    for at in range(MOST_A_DAY):
        assert opened(world, number=f"E-{at}")
        world.owner.execute("delete from staff_tries")
    with pytest.raises(Cannot, match="within a day"):
        opened(world, number=f"E-{MOST_A_DAY}")
    with world.viewing("head-of-unit"), pytest.raises(DatabaseError):
        connection.cursor().execute(
            "select daybook.break_glass(%s, %s, %s)", [new_key(), f"E-{MOST_A_DAY}", WHY]
        )
    assert rows(world) == MOST_A_DAY


def test_whoever_is_in_reach_is_not_opened(world):
    world.insert(
        "people_identifier", person_id=world.people["Amir Kaya"], system="prison", number="A-1"
    )
    answer = world.client("head-of-unit").post(
        "/break-glass/", {"key": new_key(), "number": "A-1", "reason": WHY}, follow=True
    )
    assert "You reach this person without that" in answer.content.decode()
    assert rows(world) == 0


def test_without_a_reason_nothing_opens_and_nothing_typed_is_lost(world):
    for reason in ("", "   ", "urgent", "........................"):
        answer = world.client("head-of-unit").post(
            "/break-glass/", {"key": new_key(), "number": "B-77", "reason": reason}
        )
        assert answer.status_code == 422
        assert 'value="B-77"' in answer.content.decode()
    assert rows(world) == 0


def test_where_nobody_could_be_told_it_stays_closed(world):
    world.owner.execute(
        "delete from access_assignment where role = 'data-protection-officer'"
        " or (role = 'head-of-unit' and unit_id = %s)",
        [world.units["b"]],
    )
    with pytest.raises(Cannot, match="Nobody could be told"):
        opened(world)
    assert rows(world) == 0


def test_the_head_of_the_unit_and_data_protection_are_told_at_once(world):
    opened(world)
    told = world.owner.execute(
        "select s.username, n.urgent from duties_notice n join staff_staff s on s.id = n.staff_id"
        " where n.kind = 'break-glass'"
    ).fetchall()
    assert set(told) == {("b-head", True), ("data-protection-officer", True)}
    for who, name in (("b-head", True), ("data-protection-officer", False)):
        home = html.unescape(world.client(who).get("/").content.decode())
        assert "An emergency opening to review" in home
        notices = world.client(who).get("/notices/").content.decode()
        assert ("Bao" in notices) is name


def test_two_presses_at_once_open_once(world):
    key, found, ready = new_key(), [], threading.Barrier(2)

    def press():
        try:
            ready.wait()
            found.append(opened(world, key=key))
        finally:
            connection.close()

    both = [threading.Thread(target=press) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert found == [world.people["Bao Tran"]] * 2
    assert rows(world) == 1
    assert rows(world, "duties_notice") == 2


def test_another_s_key_opens_nothing(world):
    key = new_key()
    opened(world, key=key)
    world.add_staff("c-head", "head-of-unit", unit="c")
    assert opened(world, "c-head", key=key) is None
    assert page_of(world, "c-head").status_code == 404


def test_its_reason_stands_beside_every_reading_meanwhile(world):
    opened(world)
    page_of(world, "head-of-unit")
    world.client("head-of-unit").get("/wing/a/")
    noted = world.owner.execute(
        "select people, reason from audit_entry where kind = 'consultation' and reason <> ''"
    ).fetchall()
    assert noted == [([world.people["Bao Tran"]], WHY)]


def test_it_is_closed_early_once_and_by_who_opened_it(world):
    key = new_key()
    opened(world, key=key)
    assert world.client("duty-manager").post(f"/break-glass/{key}/close/").status_code == 404
    client = world.client("head-of-unit")
    assert client.post(f"/break-glass/{key}/close/").status_code == 302
    closed = world.owner.execute("select closed_at from breakglass_opening").fetchone()
    assert page_of(world, "head-of-unit").status_code == 404
    assert client.post(f"/break-glass/{key}/close/").status_code == 302
    assert world.owner.execute("select closed_at from breakglass_opening").fetchone() == closed


def test_nobody_changes_an_opening_or_a_review_not_even_the_owner(world):
    key = new_key()
    opened(world, key=key)
    answer_it(world, "b-head", key)
    for change in (
        "update breakglass_opening set reason = 'x'",
        "update breakglass_opening set ends_at = ends_at + interval '1 hour'",
        "delete from breakglass_opening",
        "update breakglass_review set words = 'x'",
        "delete from breakglass_review",
    ):
        with pytest.raises(Exception, match=r"stays as it was|never changed"):
            world.owner.execute(change)


def answer_it(world, who, key, status=302):
    answer = world.client(who).post(
        f"/break-glass/reviews/{key}/",
        {"key": new_key(), "finding": "needed", "words": "I asked the wing; it was needed."},
    )
    assert answer.status_code == status
    return answer


@pytest.mark.parametrize("who", ["b-head", "data-protection-officer"])
def test_the_review_stays_open_until_somebody_else_answers_it(world, who):
    key = new_key()
    opened(world, key=key)
    earlier(world, 30)
    for _morning in range(2):
        remind_of_reviews()
    waits = world.owner.execute(
        "select count(*) from duties_notice where kind = 'break-glass-waits'"
    ).fetchone()
    assert waits == (2,)
    answer_it(world, "head-of-unit", key, 404)
    page = html.unescape(world.client(who).get(f"/break-glass/reviews/{key}/").content.decode())
    assert WHY in page
    assert ("Bao" in page) is (who == "b-head")
    answer_it(world, who, key)
    assert "An emergency opening to review" not in world.client(who).get("/").content.decode()
    still = world.owner.execute(
        "select count(*) from duties_notice where kind = 'break-glass' and answered_at is null"
    ).fetchone()
    assert still == (0,)
    mine = html.unescape(world.client("head-of-unit").get("/break-glass/").content.decode())
    assert "I asked the wing; it was needed." in mine


@pytest.mark.parametrize("numbered", [False, True], ids=["at once", "a second later"])
def test_the_reviewer_reads_what_was_read_meanwhile(world, numbered):
    key = new_key()
    opened(world, key=key)
    page_of(world, "head-of-unit")
    if numbered:
        number_all()
    with world.viewing("b-head") as viewer:
        ((_at, what),) = queries.read_meanwhile(key, viewer=viewer)
        assert "reflections" in what
        assert ":" not in what
    with world.viewing("head-of-unit") as viewer:
        assert queries.read_meanwhile(key, viewer=viewer) == []


def test_whoever_opened_it_does_not_review_it_in_any_other_role(world):
    world.assign(world.staff["head-of-unit"], "data-protection-officer")
    key = new_key()
    opened(world, key=key)
    answer_it(world, "head-of-unit", key, 404)
    with world.viewing("head-of-unit") as viewer, pytest.raises(DatabaseError):
        connection.cursor().execute(
            "insert into breakglass_review (id, opening_id, reviewed_by_id, reviewed_at, finding,"
            " words) values (%s, %s, %s, now(), 'needed', 'x')",
            [new_key(), key, viewer.staff_id],
        )
    assert rows(world, "breakglass_review") == 0


def test_two_answers_at_once_are_one(world):
    key = new_key()
    opened(world, key=key)
    answer_it(world, "b-head", key)
    with world.viewing("data-protection-officer") as viewer, pytest.raises(Cannot):
        actions.review(by=viewer, key=new_key(), opening=key, finding="needed", words="Too late.")


def test_oversight_reads_every_use_and_others_none(world):
    key = new_key()
    opened(world, key=key)
    for role in sorted(ROLES.keys() - {"clerk"}):
        client = world.client(role)
        listed = client.get("/break-glass/reviews/")
        reads = role in {"oversight", "data-protection-officer", "head-of-unit"}
        assert listed.status_code == (200 if reads else 404), role
        one = client.get(f"/break-glass/reviews/{key}/").status_code
        assert one == (200 if role in {"oversight", "data-protection-officer"} else 404), role
    with world.viewing("oversight") as viewer:
        assert [use.reason for use in queries.uses(viewer=viewer)] == [WHY]


def test_what_is_open_says_until_when(world):
    opened(world)
    until = timezone.localtime(timezone.now() + timedelta(hours=3))
    said = page_of(world, "head-of-unit").content.decode()
    assert f"until {until:%H:%M}" in said or f"until {until - timedelta(minutes=1):%H:%M}" in said
