"""Personal officers and cover: who assigns them, who can be, and what two managers at once meet."""

import threading
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import ROLES
from daybook.foundation.people import actions
from daybook.foundation.people.officers import possible_officers
from daybook.foundation.people.queries import my_people
from daybook.foundation.people.rules import cover_problems, cover_times
from daybook.foundation.registry.cannot import Cannot

pytestmark = pytest.mark.django_db(transaction=True)

THURSDAY = date(2026, 3, 12)
MANAGERS = {"head-of-unit", "duty-manager"}
LIST = reverse("people:officers", args=["a"])
COVER = reverse("people:cover", args=["a"])


def days(number):
    return timedelta(days=number)


@pytest.fixture
def wing(world):
    """Wing a with two officers, novak and bauer, who can be named; Amir's on side A is novak."""
    for name in ("novak", "bauer"):
        world.add_staff(name, "wing-officer", "personal-officer", unit="a")
    world.owner.execute("update people_personalofficer set until = now()")
    world.add_personal_officer("novak", "Amir Kaya")
    return world


def of(world, person="Amir Kaya"):
    return reverse("people:officers-of", args=["a", world.people[person]])


def named(world, **sides):
    """What a manager sends who saw novak on side A and nobody on side B."""
    given = {"A": world.staff["novak"], "B": "", "seen_A": world.staff["novak"], "seen_B": ""}
    return given | {side: world.staff.get(name, "") for side, name in sides.items()}


def now_named(world, person="Amir Kaya"):
    return dict(
        world.owner.execute(
            "select side, username from people_personalofficer p join staff_staff s"
            " on s.id = p.staff_id where person_id = %s and until is null",
            [world.people[person]],
        ).fetchall()
    )


def logged(world, subject):
    return world.owner.execute(
        "select kind, people from audit_entry where subject = %s order by at", [subject]
    ).fetchall()


def his_people(world, name):
    with world.viewing(name) as viewer:
        return [line.name for line in my_people(viewer=viewer)]


# ---- Who assigns ----


@pytest.mark.parametrize("role", sorted(ROLES.keys() - {"clerk"}))
def test_only_whoever_leads_the_unit_assigns_officers(wing, role):
    client = wing.client(role)
    expected = 200 if role in MANAGERS else 404
    for address in (LIST, COVER, of(wing)):
        assert client.get(address).status_code == expected, address
    changed = client.post(of(wing), named(wing, B="bauer")).status_code
    assert changed == (302 if role in MANAGERS else 404)
    if role not in MANAGERS:
        for address in (COVER, reverse("people:end-cover", args=["a"])):
            assert client.post(address, {}).status_code == 404
        assert now_named(wing) == {"A": "novak"}


def test_a_head_of_unit_assigns_on_their_own_unit_only(wing):
    client = wing.client("head-of-unit")
    assert client.get(reverse("people:officers", args=["b"])).status_code == 404
    assert client.get(reverse("people:officers", args=["nowhere"])).status_code == 404
    for unit in ("a", "b"):
        other = reverse("people:officers-of", args=[unit, wing.people["Bao Tran"]])
        assert client.get(other).status_code == 404
        assert client.post(other, named(wing, A="bauer")).status_code == 404


def test_everyone_stands_in_the_list_by_cell_with_both_sides(wing):
    said = wing.client("head-of-unit").get(LIST).content.decode()
    assert said.index("Amir K.") < said.index("Jonas P.")
    assert "A. Novak" in said
    assert said.count("nobody yet") == 3
    assert "Bao T." not in said


# ---- Who can be named ----


def test_only_personal_officers_of_the_unit_are_offered(wing):
    wing.add_staff("elsewhere", "wing-officer", "personal-officer", unit="b")
    wing.add_staff("left", "wing-officer", "personal-officer", unit="a")
    wing.owner.execute("update staff_staff set is_active = false where username = 'left'")
    offered = [officer.name for officer in possible_officers(wing.units["a"])]
    assert offered == ["A. Bauer", "A. Novak"]
    page = wing.client("head-of-unit").get(of(wing)).content.decode()
    assert "A. Wing Officer" not in page
    assert "only they reach the people they are named for" in page


def test_whoever_is_named_stays_a_choice_after_leaving_the_unit(wing):
    wing.owner.execute(
        "update access_assignment set until = now() where staff_id = %s", [wing.staff["novak"]]
    )
    client = wing.client("head-of-unit")
    assert "A. Novak (not on this unit now)" in client.get(of(wing)).content.decode()
    assert client.post(of(wing), named(wing, B="bauer")).status_code == 302
    assert now_named(wing) == {"A": "novak", "B": "bauer"}


def test_somebody_who_would_see_nothing_cannot_be_named(wing):
    answer = wing.client("head-of-unit").post(of(wing), named(wing, B="wing-officer"))
    assert answer.status_code == 422
    assert "Choose somebody else" in answer.content.decode()
    with wing.viewing("head-of-unit") as viewer, pytest.raises(Cannot):
        actions.name_officers(
            by=viewer,
            person_id=wing.people["Amir Kaya"],
            wanted={"B": wing.staff["wing-officer"]},
            seen={"B": None},
        )


# ---- Changing ----


def test_a_change_ends_the_old_and_begins_the_new_at_once(wing):
    client = wing.client("head-of-unit")
    answer = client.post(of(wing), named(wing, A="bauer", B="novak"), follow=True)
    assert "Saved for Amir K." in answer.content.decode()
    assert now_named(wing) == {"A": "bauer", "B": "novak"}
    rows = wing.owner.execute(
        "select a.until = b.since from people_personalofficer a join people_personalofficer b"
        " on a.person_id = b.person_id and a.side = b.side and b.until is null"
        " where a.staff_id = %s and a.until is not null",
        [wing.staff["novak"]],
    ).fetchall()
    assert rows == [(True,)]
    assert his_people(wing, "bauer") == ["Amir K."]
    amir = [wing.people["Amir Kaya"]]
    assert logged(wing, "personal officer, side A") == [("alteration", amir)]
    assert logged(wing, "personal officer, side B") == [("collection", amir)]


def test_nobody_for_now_ends_the_reach_of_the_old(wing):
    wing.client("head-of-unit").post(of(wing), named(wing, A=""))
    assert now_named(wing) == {}
    assert his_people(wing, "novak") == []


def test_saving_the_same_again_changes_and_logs_nothing(wing):
    client = wing.client("head-of-unit")
    for _ in range(2):
        assert client.post(of(wing), named(wing, B="bauer")).status_code == 302
    assert len(logged(wing, "personal officer, side B")) == 1


def test_two_managers_at_once_one_is_told(wing):
    duty = wing.client("duty-manager")
    head = wing.client("head-of-unit")
    assert duty.post(of(wing), named(wing, A="bauer")).status_code == 302
    answer = head.post(of(wing), named(wing, A=""))
    assert answer.status_code == 422
    assert "A colleague changed this a moment ago" in answer.content.decode()
    assert now_named(wing) == {"A": "bauer"}


def test_when_one_side_cannot_be_changed_neither_is(wing):
    wing.add_personal_officer("bauer", "Amir Kaya", side="B")
    answer = wing.client("head-of-unit").post(of(wing), named(wing, A="bauer", B="novak"))
    assert answer.status_code == 422
    assert now_named(wing) == {"A": "novak", "B": "bauer"}


def test_two_managers_in_the_same_instant_leave_one_officer(wing):
    """The second waits for the first to finish, and then meets a plain sentence."""
    jonas, met = wing.people["Jonas Petit"], []

    def name(manager, officer):
        with wing.viewing(manager) as viewer:
            actions.name_officers(
                by=viewer,
                person_id=jonas,
                wanted={"A": wing.staff[officer]},
                seen={"A": None},
            )
            time.sleep(0.4)

    def second():
        try:
            name("duty-manager", "bauer")
        except Cannot as refusal:
            met.append(str(refusal))
        finally:
            connection.close()

    other = threading.Timer(0.2, second)
    other.start()
    name("head-of-unit", "novak")
    other.join()
    assert len(met) == 1
    assert "a moment ago" in met[0]
    assert now_named(wing, "Jonas Petit") == {"A": "novak"}


# ---- Cover ----


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        (0, 0, set()),
        (0, 29, set()),
        (0, 30, {"last"}),
        (3, 2, {"last"}),
        (-1, 2, {"first"}),
    ],
)
def test_cover_begins_today_or_later_and_always_ends(first, last, wrong):
    assert cover_problems(THURSDAY + days(first), THURSDAY + days(last), THURSDAY).keys() == wrong


def test_cover_lasts_to_the_end_of_its_last_day():
    now = datetime(2026, 3, 12, 9, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    since, until = cover_times(THURSDAY, THURSDAY + days(1), now)
    assert since == now
    assert until == datetime(2026, 3, 14, tzinfo=ZoneInfo("Europe/Brussels"))
    since, _ = cover_times(THURSDAY + days(1), THURSDAY + days(1), now)
    assert since == datetime(2026, 3, 13, tzinfo=ZoneInfo("Europe/Brussels"))


def away(world, **more):
    today = timezone.localdate()
    return {
        "officer_id": world.staff["novak"],
        "staff_id": world.staff["bauer"],
        "first": str(today),
        "last": str(today + days(4)),
    } | more


def test_a_colleague_stands_in_for_all_of_an_absent_officers_people_here(wing):
    wing.add_personal_officer("novak", "Jonas Petit", side="B")
    wing.add_personal_officer("novak", "Bao Tran")
    client = wing.client("head-of-unit")
    answer = client.post(COVER, away(wing), follow=True)
    assert "A. Bauer for A. Novak" in answer.content.decode()
    assert his_people(wing, "bauer") == ["Amir K.", "Jonas P."]
    [(kind, people)] = logged(wing, "cover for a personal officer")
    assert kind == "collection"
    assert set(people) == {wing.people["Amir Kaya"], wing.people["Jonas Petit"]}


def test_cover_ends_when_the_officer_is_back(wing):
    client = wing.client("head-of-unit")
    client.post(COVER, away(wing))
    until = wing.owner.execute("select until from people_cover").fetchone()[0]
    ended = {
        "officer_id": wing.staff["novak"],
        "staff_id": wing.staff["bauer"],
        "until": until.isoformat(),
    }
    for _ in range(2):
        answer = client.post(reverse("people:end-cover", args=["a"]), ended, follow=True)
    assert "A. Bauer for A. Novak" not in answer.content.decode()
    assert his_people(wing, "bauer") == []
    assert [kind for kind, _ in logged(wing, "cover for a personal officer")] == [
        "collection",
        "alteration",
    ]


def test_cover_that_has_not_begun_can_be_called_off(wing):
    today = timezone.localdate()
    later = away(wing, first=str(today + days(3)), last=str(today + days(9)))
    client = wing.client("head-of-unit")
    client.post(COVER, later)
    assert his_people(wing, "bauer") == []
    page = client.get(LIST).content.decode()
    until = page.partition('name="until" value="')[2].partition('"')[0]
    client.post(
        reverse("people:end-cover", args=["a"]),
        {"officer_id": wing.staff["novak"], "staff_id": wing.staff["bauer"], "until": until},
    )
    assert "Standing in" not in client.get(LIST).content.decode()
    assert client.post(COVER, later).status_code == 302


def test_a_second_cover_on_the_same_days_is_refused_in_words(wing):
    client = wing.client("head-of-unit")
    wing.add_staff("clarke", "wing-officer", "personal-officer", unit="a")
    assert client.post(COVER, away(wing)).status_code == 302
    answer = client.post(COVER, away(wing, staff_id=wing.staff["clarke"]))
    assert answer.status_code == 422
    assert "Somebody already stands in on these days" in answer.content.decode()


def test_what_is_wrong_with_a_cover_is_said_and_kept(wing):
    client = wing.client("head-of-unit")
    wrong = away(wing, staff_id=wing.staff["novak"], last=str(timezone.localdate() + days(45)))
    said = client.post(COVER, wrong).content.decode()
    assert "nobody stands in for themselves" in said
    assert "at most 30 days" in said
    assert wrong["last"] in said


# ---- Cost ----


@pytest.mark.parametrize("people", [1, 60])
def test_the_list_costs_the_same_for_one_and_for_sixty(wing, people):
    for number in range(people):
        wing.add_person(f"Person{number:02d} Test", "a")
        wing.add_personal_officer("novak", f"Person{number:02d} Test")
    client = wing.client("head-of-unit")
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    read = [q["sql"] for q in asked if "people_" in q["sql"]]
    assert len(read) == 3, read
