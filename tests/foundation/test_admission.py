"""Somebody comes in: who may bring them, found by number first, known to the wing at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import ROLES, Compartment, Right
from daybook.foundation.people.admissions.rules import arriving_problem
from daybook.foundation.registry import events
from daybook.foundation.registry.keys import new_key

pytestmark = pytest.mark.django_db(transaction=True)

MAY = {
    role.key for role in ROLES.values() if Right.WRITE in role.rights.get(Compartment.IDENTITY, ())
}
NOW = timezone.now()


def page():
    return reverse("people:admit")


def coming(world, minutes_ago=1, unit="a", number="", **said):
    at = timezone.localtime() - timedelta(minutes=minutes_ago)
    return {
        "key": new_key(), "same": "", "given_name": "Noor", "family_name": "Haddad",
        "known_as": "", "pronoun": "she", "language_0": "ar", "language_1": "", "language_2": "",
        "status": "remand", "since": at.date().isoformat(), "unit": world.units.get(unit, unit),
        "cell": "", "on": at.date().isoformat(), "at": at.strftime("%H:%M:%S"), "reason": "",
        "number_0": number,
    } | said  # fmt: skip


def admit(world, by="duty-manager", **said):
    return world.client(by).post(page(), coming(world, **said))


def named(world, given="Noor"):
    return [
        key
        for (key,) in world.owner.execute(
            "select id from people_person where given_name = %s order by id", [given]
        )
    ]


def lives(world, person):
    return [
        code
        for (code,) in world.owner.execute(
            "select u.code from people_stay s join places_unit u on u.id = s.unit_id"
            " where s.person_id = %s and s.ended_at is null",
            [person],
        )
    ]


def number_of(world, person, number="K-71", system="prison"):
    world.insert("people_identifier", person_id=world.people[person], system=system, number=number)


def gone(world, person, days=30):
    world.owner.execute(
        "update people_stay set ended_at = now() - %s where person_id = %s",
        [timedelta(days=days), world.people[person]],
    )


def problems(answer):
    assert answer.status_code == 422
    form = answer.context["form"]
    return " ".join(str(each) for errors in form.errors.values() for each in errors)


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"clerk"}))
def test_whoever_leads_a_unit_brings_somebody_in_and_nobody_else(world, role):
    client = world.client(role)
    assert client.get(page()).status_code == (200 if role in MAY else 404)
    answer = client.post(page(), coming(world))
    assert answer.status_code == (302 if role in MAY else 404)
    assert len(named(world)) == (1 if role in MAY else 0)


def test_the_administrator_keeps_the_service_running_and_admits_nobody():
    assert "administrator" not in MAY
    assert {"duty-manager", "head-of-unit"} == MAY


def test_they_are_on_board_round_sheet_and_check_ins_the_same_minute(world):
    answer = admit(world, number="K-72", status="sentenced")
    (person,) = named(world)
    assert answer.url == reverse("reflections:person", args=[person])
    officer = world.client("wing-officer")
    for door in ("reflections:board", "reflections:round", "safety:unlock-sheet",
                 "safety:check-ins"):  # fmt: skip
        assert "Noor" in officer.get(reverse(door, args=["a"])).content.decode(), door
    assert officer.get(answer.url).status_code == 200
    assert world.client("b-officer").get(answer.url).status_code == 404
    found = officer.post(reverse("search"), {"q": "k-72"}, follow=True).content.decode()
    assert "Noor" in found
    owed = world.owner.execute(
        "select distinct occasion from safety_checkin where person_id = %s", [person]
    ).fetchall()
    assert ("first-night",) in owed
    told = world.owner.execute(
        "select subject, reason from audit_entry where people = %s::bigint[]"
        " and kind = 'collection' order by at",
        [[person]],
    ).fetchall()
    assert ("stay", "admitted") in told
    assert ("person", "") in told


def test_a_second_tap_is_the_same_person(world):
    client, said = world.client("head-of-unit"), coming(world, number="K-73")
    answers = [client.post(page(), said) for _tap in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    assert len({each.url for each in answers}) == 1
    assert len(named(world)) == 1


def test_two_officers_at_once_enter_one_person(world):
    """Both drew the form before either saved; the number brings them together."""
    assert admit(world, number="K-74").status_code == 302
    answer = admit(world, by="head-of-unit", number="k-74")
    assert "lives in North now" in problems(answer)
    assert len(named(world)) == 1


def test_a_number_finds_who_was_here_before_and_nobody_is_entered_twice(world):
    number_of(world, "Amir Kaya")
    gone(world, "Amir Kaya")
    amir = world.people["Amir Kaya"]
    said = coming(world, unit="b", number=" k-71 ", given_name="", family_name="")
    client = world.client("duty-manager")
    answer = client.post(page(), said)
    assert "Somebody is known by this number" in problems(answer)
    assert "Amir Kaya" in answer.content.decode()
    assert lives(world, amir) == []
    seen = world.owner.execute(
        "select count(*) from audit_entry where people @> %s::bigint[] and kind = 'consultation'",
        [[amir]],
    ).fetchone()
    assert seen[0] == 1
    said["same"] = answer.context["form"]["same"].value()
    assert client.post(page(), said).status_code == 302
    assert lives(world, amir) == ["b"]
    # They keep their name, and one number a system.
    assert named(world, "Amir") == [amir]
    assert named(world, "") == []


def test_somebody_who_lives_here_is_moved_not_admitted(world):
    number_of(world, "Cem Demir")
    answer = admit(world, number="K-71")
    assert "lives in South now" in problems(answer)
    # Their name stays where they live.
    assert "Cem" not in answer.content.decode()
    assert lives(world, world.people["Cem Demir"]) == ["c"]
    # Saying all the same that it is them opens nothing.
    answer = admit(world, number="K-71", same=world.people["Cem Demir"])
    assert answer.status_code == 422


def test_who_is_known_by_no_number_given_cannot_be_named(world):
    gone(world, "Amir Kaya")
    admit(world, number="K-75", same=world.people["Amir Kaya"])
    assert lives(world, world.people["Amir Kaya"]) == []
    assert len(named(world)) == 1


def test_a_unit_of_another_house_or_colleague_is_no_choice(world):
    assert "Choose a unit from the list" in problems(admit(world, unit="c"))
    assert "Choose a unit from the list" in problems(admit(world, by="head-of-unit", unit="b"))
    with world.viewing("head-of-unit"):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "select outcome from daybook.admit('x', null, '{}', '{}', '{}', '{}', 'remand',"
                " current_date, %s, null, now(), '')",
                [world.units["b"]],
            )
            assert cursor.fetchone() == ("absent",)


def test_a_number_answers_nobody_but_those_who_lead_a_unit(world):
    number_of(world, "Cem Demir")
    for who in ("wing-officer", "governor", "administrator"):
        with world.viewing(who):
            from django.db import connection

            with connection.cursor() as cursor:
                cursor.execute("select count(*) from daybook.known_by('{prison}', '{K-71}')")
                assert cursor.fetchone() == (0,), who


def test_what_cannot_be_is_said_in_plain_words_and_nothing_typed_is_lost(world):
    answer = admit(world, given_name="", cell="Z-1", reason="From court")
    assert "Write their name." in problems(answer)
    assert "No cell there has this on its door" in problems(answer)
    assert "From court" in answer.content.decode()
    later = timezone.localdate() + timedelta(days=1)
    assert "still to come" in problems(admit(world, since=later.isoformat()))
    assert problems(admit(world, key="no key", unit="", on="", at="", status="x", pronoun=""))
    assert named(world) == []


def test_numbers_of_different_people_bring_in_nobody(world):
    number_of(world, "Amir Kaya")
    number_of(world, "Jonas Petit", "P-1", system="probation")
    answer = admit(world, number="K-71", number_1="P-1")
    assert "belong to different people" in problems(answer)


def test_a_legal_status_follows_the_one_before(world):
    number_of(world, "Amir Kaya")
    gone(world, "Amir Kaya", days=1)
    amir = world.people["Amir Kaya"]
    long_ago = (timezone.localdate() - timedelta(days=90)).isoformat()
    answer = admit(world, number="K-71", same=amir, since=long_ago)
    assert "Another legal status began on that day or later" in problems(answer)
    assert lives(world, amir) == []
    assert admit(world, number="K-71", same=amir).status_code == 302
    statuses = world.owner.execute(
        "select status, until is null from people_legalstatus where person_id = %s order by since",
        [amir],
    ).fetchall()
    assert statuses == [("sentenced", False), ("remand", True)]


def test_it_is_told_as_an_arrival(world, monkeypatch):
    heard = []
    for name in ("moved", "turned"):
        monkeypatch.setattr(getattr(events, name), "subscribers", [heard.append])
    admit(world)
    came, turn = heard
    assert (came.unit_id, came.left_unit_id) == (world.units["a"], None)
    assert (turn.turn, turn.person_id) == (events.Turn.ARRIVED, named(world)[0])


def test_when_somebody_can_have_come():
    assert not arriving_problem(NOW, left=None, now=NOW)
    assert "still to come" in arriving_problem(NOW + timedelta(minutes=1), left=None, now=NOW)
    assert "72 hours" in arriving_problem(NOW - timedelta(hours=73), left=None, now=NOW)
    assert "They left" in arriving_problem(
        NOW - timedelta(hours=2), left=NOW - timedelta(hours=1), now=NOW
    )


def test_the_way_there_stands_at_home_for_those_who_may(world):
    assert page() in world.client("head-of-unit").get("/").content.decode()
    assert page() not in world.client("wing-officer").get("/").content.decode()
