"""Who has looked: for the lead, of what the lead reaches; for oversight, all of it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import reached
from daybook.foundation.audit import actions as audit
from daybook.foundation.audit.models import Kind
from daybook.foundation.audit.sequencer import number_all
from daybook.foundation.cases.looks.queries import looks_at
from daybook.foundation.cases.looks.rules import Look, by_day

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def amir(world):
    return world.people["Amir Kaya"]


def look(world, name, *compartments, people=("Amir Kaya",), reason=""):
    """Somebody reads a page about these people, of these compartments."""
    with world.viewing(name) as viewer:
        keys = [world.people[each] for each in people]
        for compartment in compartments:
            reached(keys, viewer=viewer, compartment=compartment)
        if reason:
            viewer.justify(reason)
        viewer.saw("something", keys)
        viewer.write_down("a page")


def told(world, name, person):
    with world.viewing(name) as viewer:
        until = timezone.now() + timedelta(hours=1)
        found = looks_at(person, until=until, viewer=viewer)
    return {(each.who.split()[-1].strip("\u2069"), each.kinds, each.alone) for each in found}


def names(world, name, person):
    return {who for who, _kinds, _alone in told(world, name, person)}


WING, SAFETY, HEALTH = Compartment.WING, Compartment.SAFETY, Compartment.HEALTH


def test_the_lead_sees_who_looked_and_at_what(world, amir):
    look(world, "personal-officer", WING, SAFETY)
    look(world, "wing-officer", people=("Amir Kaya", "Jonas Petit"))
    look(world, "governor", WING, people=("Jonas Petit",))
    assert told(world, "case-lead", amir) == {
        ("Officer", ("Safety", "The wing’s book"), True),
        ("Officer", (), False),
    }


def test_numbered_or_not_it_shows_alike(world, amir):
    look(world, "personal-officer", WING)
    before = told(world, "case-lead", amir)
    number_all()
    assert told(world, "case-lead", amir) == before != set()


def test_what_the_lead_does_not_reach_stays_unsaid(world, amir):
    look(world, "psychologist", HEALTH)
    look(world, "psychologist", HEALTH, SAFETY)
    assert told(world, "case-lead", amir) == {("Psychologist", ("Safety",), True)}
    assert ("Psychologist", ("Health",), True) in told(world, "oversight", amir)


def test_oversight_data_protection_and_the_desk_show_to_oversight_alone(world, amir):
    for name in ("oversight", "data-protection-officer", "analyst", "source-custodian"):
        look(world, name, SAFETY)
    look(world, "governor", SAFETY)
    assert names(world, "case-lead", amir) == {"Governor"}
    assert names(world, "oversight", amir) >= {
        "Governor", "Oversight", "Officer", "Analyst", "Custodian",
    }  # fmt: skip


def test_nobody_else_learns_who_looked(world, amir):
    look(world, "personal-officer", WING)
    address = reverse("cases:looks", args=[amir])
    for name in world.staff:
        expected = 200 if name in ("case-lead", "oversight") else 404
        assert world.client(name).get(address).status_code == expected, name
        with world.viewing(name), connection.cursor() as cursor:
            cursor.execute(
                "select * from daybook.looks_at(%s, now() - interval '1 day', now(), 'UTC')", [amir]
            )
            assert bool(cursor.fetchall()) is (expected == 200), name


def test_a_closed_case_shows_nobody_anything(world, amir):
    world.owner.execute(
        "update cases_case set closed_at = now(), closed_by_id = lead_id, closed_because = 'done'"
    )
    assert world.client("case-lead").get(reverse("cases:looks", args=[amir])).status_code == 404


def test_looking_who_looked_is_itself_in_the_log(world, amir):
    page = world.client("case-lead").get(reverse("cases:looks", args=[amir]))
    assert page.status_code == 200
    logged = "select people, grounds from audit_entry where subject like 'cases:looks%'"
    assert world.owner.execute(logged).fetchall() == [([amir], ["case-lead case"])]
    assert ("Lead", (), True) in told(world, "case-lead", amir)


def test_the_page_says_it_in_plain_words_by_day(world, amir):
    for _ in range(3):
        look(world, "personal-officer", WING)
    look(world, "duty-manager", SAFETY, reason="He was moved in the night.")
    with world.viewing("probation-officer") as viewer:
        audit.record(
            by=viewer, kind=Kind.DISCLOSURE, subject="a report", people=[amir],
            recipient="The court", reason="Ordered.", compartments=["casework"],
        )  # fmt: skip
    html = world.client("case-lead").get(reverse("cases:looks", args=[amir])).content.decode()
    assert "Read about this person 3 times" in html
    assert "Gave something out to The court" in html
    assert "He was moved in the night." in html
    assert html.index("The court") < html.index("3 times")
    earlier = f"?before={(timezone.localdate() - timedelta(days=14)).isoformat()}"
    before = world.client("case-lead").get(reverse("cases:looks", args=[amir]) + earlier)
    assert "Nobody looked in these two weeks" in before.content.decode()
    nonsense = world.client("case-lead").get(reverse("cases:looks", args=[amir]) + "?before=x")
    assert "3 times" in nonsense.content.decode()


def test_the_person_page_leads_there_for_whoever_may_ask(world, amir):
    page = reverse("reflections:person", args=[amir])
    address = reverse("cases:looks", args=[amir])
    for name, shown in (("case-lead", True), ("psychologist", False), ("wing-officer", False)):
        assert (address in world.client(name).get(page).content.decode()) is shown, name


def test_days_come_newest_first_and_what_left_the_house_before_what_was_read():
    now = timezone.now()

    def one(days, who, **more):
        given = {"alone": True, "recipient": ""} | more
        return Look(
            (now - timedelta(days=days)).date(), who, "", (), (), times=1, first_at=now,
            last_at=now, **given,
        )  # fmt: skip

    looks = [one(2, "a"), one(0, "c", alone=False), one(0, "b"), one(0, "z", recipient="court")]
    days = by_day(looks)
    assert [[each.who for each in of_day] for _, of_day in days] == [["z", "b", "c"], ["a"]]


# ---- On an inquiry ----

DPO, INQUIRY = "data-protection-officer", "Ombudsman 44/26"


def inquire(world, name=DPO, **said):
    address = reverse("cases:looks-on-inquiry")
    given = {"inquiry": INQUIRY, "until": timezone.localdate().isoformat()} | said
    return world.client(name).post(address, given)


def test_data_protection_sees_who_looked_at_one_person_on_a_named_inquiry(world, amir):
    look(world, "psychologist", HEALTH)
    look(world, "oversight", SAFETY)
    look(world, "governor", WING, people=("Jonas Petit",))
    answer = inquire(world, person=amir)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Psychologist" in page
    assert "Health" in page
    assert "Oversight body" not in page
    assert "Governor" not in page
    assert "Kaya" not in page
    logged = "select people, reason from audit_entry where subject like 'cases:looks-on-inquiry%'"
    assert world.owner.execute(logged).fetchall() == [([amir], INQUIRY)]
    assert names(world, "case-lead", amir) == set(), "what data protection asked shows to oversight"
    assert INQUIRY in str(
        world.client("oversight").get(reverse("cases:looks", args=[amir])).content.decode()
    )


def test_without_an_inquiry_a_person_or_a_day_that_was_nothing_is_shown(world, amir):
    look(world, "psychologist", HEALTH)
    later = (timezone.localdate() + timedelta(days=1)).isoformat()
    for said, words in (
        ({"person": amir, "inquiry": " "}, "Name the inquiry."),
        ({"person": 10**9}, "Nobody has this key."),
        ({"person": 10**30}, "Nobody has this key."),
        ({"person": amir, "until": later}, "still to come"),
    ):
        answer = inquire(world, **said)
        assert answer.status_code == 422, said
        assert words in answer.content.decode()
        assert "Psychologist" not in answer.content.decode()


def test_no_other_role_asks_on_an_inquiry_by_page_or_in_the_database(world, amir):
    look(world, "personal-officer", WING)
    for name in world.staff:
        if name == DPO:
            continue
        assert inquire(world, name, person=amir).status_code == 404, name
        with pytest.raises(DatabaseError), world.viewing(name), connection.cursor() as cursor:
            cursor.execute(
                "select * from daybook.looks_on_inquiry(%s, now() - interval '1 day', now(),"
                " 'UTC', 'x')", [amir]
            )  # fmt: skip
    for function in ("looks_in_log(1, now(), now(), 'UTC', '{}', true)",):
        with pytest.raises(DatabaseError), world.viewing(DPO), connection.cursor() as cursor:
            cursor.execute(f"select * from daybook.{function}")
