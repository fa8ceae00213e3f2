"""Moving somebody: who may, what is warned of, what two officers at once meet, who reaches then."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import ROLES, Compartment, Right
from daybook.foundation.cases.models import Case, TeamMember
from daybook.foundation.cases.queries import my_cases
from daybook.foundation.people.moves.rules import moving_problem
from daybook.foundation.registry import events
from daybook.foundation.registry.keys import new_key
from tests.observe.safety.safety_world import keep_apart

pytestmark = pytest.mark.django_db(transaction=True)

MAY = {
    role.key for role in ROLES.values() if Right.WRITE in role.rights.get(Compartment.IDENTITY, ())
}
NOW = timezone.now()


def page(world, person="Amir Kaya"):
    return reverse("people:move", args=[world.people[person]])


def stays(world, person="Amir Kaya"):
    """Unit, reason, who ended it and how; oldest first."""
    return world.owner.execute(
        "select u.code, s.reason, s.ended_as, w.username from people_stay s"
        " join places_unit u on u.id = s.unit_id left join staff_staff w on w.id = s.ended_by_id"
        " where s.person_id = %s order by s.began_at",
        [world.people[person]],
    ).fetchall()


def going(world, to, person="Amir Kaya", minutes_ago=1, **said):
    at = timezone.localtime() - timedelta(minutes=minutes_ago)
    stay = world.owner.execute(
        "select id from people_stay where person_id = %s and ended_at is null",
        [world.people[person]],
    ).fetchone()[0]
    return {
        "stay": stay, "warned": "", "to": world.units.get(to, to), "cell": "",
        "on": at.date().isoformat(), "at": at.strftime("%H:%M:%S"), "reason": "",
    } | said  # fmt: skip


def move(world, to, by="duty-manager", person="Amir Kaya", **said):
    return world.client(by).post(page(world, person), going(world, to, person, **said))


def reaches(world, who, person="Amir Kaya"):
    address = reverse("reflections:person", args=[world.people[person]])
    return world.client(who).get(address).status_code == 200


@pytest.fixture
def told(monkeypatch):
    """What is announced."""
    heard = []
    for name in ("moved", "turned"):
        monkeypatch.setattr(getattr(events, name), "subscribers", [heard.append])
    return heard


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"clerk"}))
def test_whoever_leads_the_place_moves_somebody_and_nobody_else(world, role):
    client = world.client(role)
    assert client.get(page(world)).status_code == (200 if role in MAY else 404)
    answer = client.post(page(world), going(world, "b"))
    assert answer.status_code == (302 if role in MAY else 404)
    assert len(stays(world)) == (2 if role in MAY else 1)


def test_a_move_ends_one_stay_and_begins_the_next_and_is_told_and_logged(world, told):
    assert move(world, "b", cell=f"B-{world.people['Bao Tran']:02d}", reason="Nearer work").url
    assert stays(world) == [("a", "", "moved", "duty-manager"), ("b", "Nearer work", "", None)]
    (event,) = told
    assert (event.unit_id, event.left_unit_id) == (world.units["b"], world.units["a"])
    logged = world.owner.execute(
        "select reason, people from audit_entry where subject = 'stay'"
    ).fetchall()
    assert logged == [("moved: Nearer work", [world.people["Amir Kaya"]])]
    assert reaches(world, "b-officer")
    assert not reaches(world, "wing-officer")


def test_another_cell_of_the_same_unit_changes_nobody_s_reach(world, told):
    door = world.insert("places_cell", unit_id=world.units["a"], name="A-99")
    assert move(world, "a", "head-of-unit", cell="a-99").status_code == 302
    cell = "select cell_id from people_stay where person_id = %s and ended_at is null"
    assert world.owner.execute(cell, [world.people["Amir Kaya"]]).fetchone()[0] == door
    assert told == []
    assert reaches(world, "wing-officer")


def test_another_establishment_is_a_transfer_that_opens_check_ins(world):
    assert move(world, "c").status_code == 302
    opened = world.owner.execute(
        "select distinct occasion from safety_checkin where person_id = %s",
        [world.people["Amir Kaya"]],
    ).fetchall()
    assert opened == [("transfer",)]
    assert not reaches(world, "duty-manager")


@pytest.mark.parametrize("how", ["released", "abroad"])
def test_who_leaves_the_service_is_out_of_reach_of_unit_house_and_personal_officer(world, how):
    assert reaches(world, "personal-officer")
    answer = move(world, how, "head-of-unit")
    assert answer.url == "/"
    assert stays(world) == [("a", "", how, "head-of-unit")]
    for who in ("wing-officer", "head-of-unit", "duty-manager", "governor", "personal-officer"):
        assert not reaches(world, who), who
    # There is nobody to send a last note to.
    with world.viewing("wing-officer") as viewer:
        assert world.people["Amir Kaya"] not in viewer.people(Compartment.WING, Right.WRITE)


@pytest.mark.parametrize("how", ["released", "abroad"])
def test_a_case_goes_on_across_the_gate_for_those_whose_work_does(world, how):
    amir = world.people["Amir Kaya"]
    for who in ("case-lead", "psychologist", "probation-officer"):
        assert reaches(world, who), who
    move(world, how, "head-of-unit")
    for who, goes_on in (
        ("case-lead", False),
        ("psychologist", False),
        ("probation-officer", True),
    ):
        assert reaches(world, who) is goes_on, who
        # The second wall says the same.
        with world.viewing(who), connection.cursor() as cursor:
            cursor.execute("select count(*) from people_person where id = %s", [amir])
            assert cursor.fetchone() == (int(goes_on),), who
    # The case file goes the same way; only its lead can still hand it over, or close it.
    case = reverse("cases:case", args=[world.cases["Amir Kaya"]])
    opens = {"case-lead": True, "psychologist": False, "probation-officer": True}
    for who, may in opens.items():
        assert world.client(who).get(case).status_code == (200 if may else 404), who
        mine = world.client(who).get(reverse("cases:mine")).content.decode()
        assert ("Help before release" in mine) is may, who
    # Each wall alone: raw tables without the first, the first over tables without the second.
    for who, may in opens.items():
        with world.viewing(who):
            seen = [Case.objects.exists(), TeamMember.objects.exists()]
            assert seen == [may, may], who
    for table in ("cases_case", "cases_teammember", "cases_casereview"):
        world.owner.execute(f"alter table {table} disable row level security")
    for who, may in opens.items():
        with world.viewing(who) as viewer:
            assert bool(my_cases(viewer=viewer)) is may, who


@pytest.mark.parametrize(
    ("status", "goes_on"), [("conditional-release", False), ("sentenced", True)]
)
def test_a_release_that_another_system_wrote_is_one_where_the_status_says_so(
    world, status, goes_on
):
    amir = world.people["Amir Kaya"]
    world.owner.execute("update people_stay set ended_at = now() where person_id = %s", [amir])
    world.owner.execute(
        "update people_legalstatus set status = %s where person_id = %s", [status, amir]
    )
    assert reaches(world, "psychologist") is goes_on
    assert reaches(world, "probation-officer")


def test_on_call_care_loses_whoever_is_released_with_a_concern_open(world):
    now = timezone.now()
    world.insert(
        "safety_concern", id=new_key(), person_id=world.people["Amir Kaya"],
        establishment_id=world.establishments["north"], kind="health", words="",
        raised_by_id=world.staff["wing-officer"], raised_at=now, noticed_at=now, ended_how="",
        ended_words="",
    )  # fmt: skip
    assert reaches(world, "on-call-care")
    move(world, "released", "head-of-unit")
    assert not reaches(world, "on-call-care")


def test_on_probation_and_never_inside_nobody_has_left(world):
    amir = world.people["Amir Kaya"]
    world.owner.execute("delete from people_stay where person_id = %s", [amir])
    for who in ("case-lead", "psychologist", "probation-officer"):
        assert reaches(world, who), who


def test_whoever_comes_back_is_reached_through_the_case_again(world):
    move(world, "released", "head-of-unit")
    world.owner.execute(
        "insert into people_stay (person_id, unit_id, began_at, reason, source, ended_as)"
        " values (%s, %s, now(), '', '', '')",
        [world.people["Amir Kaya"], world.units["a"]],
    )
    assert reaches(world, "psychologist")


@pytest.mark.parametrize("to", ["b", "c", "released"])
def test_a_second_tap_is_the_same_move(world, told, to):
    client, said = world.client("head-of-unit"), going(world, to)
    assert [client.post(page(world), said).status_code for _tap in range(2)] == [302, 302]
    assert len(stays(world)) == (1 if to == "released" else 2)
    assert len({type(event) for event in told}) == len(told)


def test_what_is_under_way_stands_before_it_is_confirmed(world):
    now, amir = timezone.now(), world.people["Amir Kaya"]
    officer = world.staff["wing-officer"]
    world.insert(
        "safety_concern", id=new_key(), person_id=amir, kind="health", words="",
        establishment_id=world.establishments["north"], raised_by_id=officer, raised_at=now,
        noticed_at=now, ended_how="", ended_words="",
    )  # fmt: skip
    world.insert(
        "safety_plan", id=new_key(), person_id=amir, what="Knock.", who="All", helps="",
        every_minutes=30, made_by_id=officer, made_at=now, review_on=now.date(),
        handed_back_to="", handed_back_because="",
    )  # fmt: skip
    world.insert(
        "shifts_request", id=new_key(), person_id=amir, asked="A phone call home",
        asked_of_id=officer, asked_on=now.date(), written_by_id=officer, written_at=now,
    )  # fmt: skip
    html = world.client("head-of-unit").get(page(world)).content.decode()
    for words in ("Concern for safety", "Keep safe: every 30 minutes", "A phone call home"):
        assert words in html, words
    other = world.client("head-of-unit").get(page(world, "Jonas Petit")).content.decode()
    assert "Under way" not in other


@pytest.mark.parametrize("to", ["b", "released"])
def test_whoever_goes_elsewhere_is_out_under_escort_no_longer(world, to):
    world.add_escort("Amir Kaya", "court", timezone.now() - timedelta(hours=3))
    move(world, to)
    assert world.owner.execute(
        "select back_at is not null, back_at >= left_at from people_escort"
    ).fetchall() == [(True, True)]


def test_another_cell_ends_no_escort(world):
    world.add_escort("Amir Kaya", "court", timezone.now() - timedelta(hours=3))
    world.insert("places_cell", unit_id=world.units["a"], name="a-99")
    assert move(world, "a", "head-of-unit", cell="a-99").status_code == 302
    assert world.owner.execute("select back_at from people_escort").fetchall() == [(None,)]


def test_a_release_stands_on_the_timeline_of_whoever_goes_on(world):
    move(world, "released", "head-of-unit")
    address = reverse("reflections:person", args=[world.people["Amir Kaya"]])
    html = world.client("probation-officer").get(address).content.decode()
    assert "Released from A wing." in html


def test_two_officers_at_once(world):
    said = going(world, "b")
    move(world, "b", "head-of-unit")
    said["to"] = world.units["c"]
    answer = world.client("duty-manager").post(page(world), said)
    assert answer.status_code == 422
    assert "A colleague moved them a moment ago" in answer.content.decode()
    assert [unit for unit, *_ in stays(world)] == ["a", "b"]


def test_where_they_live_already_and_cells_that_are_not_there(world):
    answer = move(world, "a", cell=f"a-{world.people['Amir Kaya']:02d}")
    assert "They live there already" in answer.content.decode()
    answer = move(world, "b", cell="Z-1", reason="Nearer work")
    assert "No cell there has this on its door" in answer.content.decode()
    assert "Nearer work" in answer.content.decode()
    assert len(stays(world)) == 1


def test_the_stay_of_somebody_else_moves_nobody(world):
    said = going(world, "b", "Jonas Petit")
    assert world.client("duty-manager").post(page(world), said).status_code == 404
    assert len(stays(world, "Jonas Petit")) == 1


def test_when_somebody_can_have_moved():
    came = NOW - timedelta(days=2)
    assert not moving_problem(NOW, came=came, now=NOW)
    assert "still to come" in moving_problem(NOW + timedelta(minutes=1), came=came, now=NOW)
    assert "72 hours" in moving_problem(NOW - timedelta(hours=73), came=came, now=NOW)
    assert "came here" in moving_problem(NOW - timedelta(hours=50), came=came, now=NOW)


def test_it_warns_of_who_is_kept_apart_until_somebody_says_why(world):
    keep_apart(world, "Amir Kaya", "Bao Tran")
    client = world.client("duty-manager")
    said = going(world, "b")
    answer = client.post(page(world), said)
    assert answer.status_code == 422
    assert (
        "Bao T. and they are kept apart, and both would live on B wing." in answer.content.decode()
    )
    # Reading it is not enough, and neither is a reason for what was never read.
    said["warned"] = answer.context["form"]["warned"].value()
    assert "Say why they move there" in client.post(page(world), said).content.decode()
    assert client.post(page(world), said | {"warned": "", "reason": "x"}).status_code == 422
    assert len(stays(world)) == 1
    assert client.post(page(world), said | {"reason": "The only bed."}).status_code == 302
    assert stays(world)[-1][:2] == ("b", "The only bed.")


def test_another_place_needs_no_reason(world):
    keep_apart(world, "Amir Kaya", "Bao Tran")
    assert move(world, "c").status_code == 302


def test_the_way_there_stands_for_those_who_may_move(world):
    ahead = reverse("people:ahead", args=[world.people["Amir Kaya"]])
    assert page(world) in world.client("head-of-unit").get(ahead).content.decode()
    assert page(world) not in world.client("wing-officer").get(ahead).content.decode()
