"""What everyone relies on when they come to the desk."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import ROLES
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.queries.board import wing_today
from daybook.web.queries.home import coming_on
from tests.world import World


def home(world: World, who: str) -> str:
    answer = world.client(who).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def add_action(world: World, person: str, owner: str, due_on: date, what: str) -> None:
    world.insert(
        "duties_action", id=new_key(), person_id=world.people[person], what=what, due_on=due_on,
        owner_id=world.staff[owner], raised_by_id=world.staff[owner], raised_at=timezone.now(),
        source="", effect="", outcome="",
    )  # fmt: skip


@pytest.mark.parametrize("role", [key for key in ROLES if key != "clerk"])
def test_every_role_comes_home_to_a_page(world: World, role: str) -> None:
    assert str(ROLES[role].name) in home(world, role)


def test_an_account_without_a_role_is_told_kindly(world: World) -> None:
    assert "Your account works, but no role is attached" in home(world, "nobody")


def test_an_officer_sees_who_is_theirs_and_who_wrote(world: World) -> None:
    assert "no entry yet" in home(world, "personal-officer")
    world.add_reflection("Amir Kaya", "wing-officer")
    shown = home(world, "personal-officer")
    assert "Amir K." in shown
    assert "written today by A. Wing Officer" in shown
    assert "Jonas P." not in shown


def test_a_promise_stays_with_whoever_made_it(world: World) -> None:
    add_action(world, "Amir Kaya", "wing-officer", timezone.localdate(), "Ask for the radio")
    assert "Ask for the radio" in home(world, "wing-officer")
    assert "Ask for the radio" not in home(world, "b-officer")


def test_what_an_officer_promised_to_somebody_stands_on_their_home_until_it_is_kept(
    world: World,
) -> None:
    officer, amir = world.staff["wing-officer"], world.people["Amir Kaya"]
    asked = {
        "key": str(new_key()), "asked": "A call with my mother", "promised_by": officer,
        "asked_on": timezone.localdate(), "due_on": timezone.localdate() + timedelta(days=3),
    }  # fmt: skip
    sent = world.client("wing-officer").post(reverse("shifts:asked-by", args=[amir]), asked)
    assert sent.status_code == 302
    assert "A call with my mother" in home(world, "wing-officer")
    assert "A call with my mother" not in home(world, "personal-officer")
    world.owner.execute("update people_stay set ended_at = now() where person_id = %s", [amir])
    assert "A call with my mother" not in home(world, "wing-officer"), "out of reach"


def test_one_s_own_promise_that_is_due_stands_once(world: World) -> None:
    officer, amir = world.staff["wing-officer"], world.people["Amir Kaya"]
    asked = {
        "key": str(new_key()), "asked": "A call with my mother", "promised_by": officer,
        "asked_on": timezone.localdate(), "due_on": timezone.localdate(),
    }  # fmt: skip
    world.client("wing-officer").post(reverse("shifts:asked-by", args=[amir]), asked)
    assert home(world, "wing-officer").count("A call with my mother") == 1
    assert home(world, "head-of-unit").count("A call with my mother") == 1, "among what is due"


def test_who_is_out_now_is_said_at_the_head_of_the_page_and_to_their_officer(
    world: World,
) -> None:
    out = world.add_escort("Amir Kaya", "court", timezone.now() - timedelta(minutes=9))
    amir = world.people["Amir Kaya"]
    page = f"/people/{amir}/"
    back = reverse("people:back", args=[amir, out])
    assert "At court, left" in home(world, "personal-officer")
    shown = world.client("wing-officer").get(page).content.decode()
    assert shown.index("At court, left") < shown.index('class="beside"')
    assert back in shown
    assert back not in world.client("governor").get(page).content.decode(), "who only reads"
    world.owner.execute("update people_escort set back_at = now() where id = %s", [out])
    assert "At court, left" not in home(world, "personal-officer")


def test_a_colleague_to_whom_support_is_owed_stands_on_the_leader_s_home_alone(
    world: World,
) -> None:
    tested = world.staff["personal-officer"]
    world.assign(tested, "wing-officer", unit="a")
    then = timezone.localtime() - timedelta(days=1)
    sent = world.client("wing-officer").post(
        reverse("shifts:write-event", args=["a"]),
        {
            "key": str(new_key()), "kind": "provocation", "place": "the yard", "on": then.date(),
            "at": "15:10", "fact": "Shouting at the gate.", "part": "shouted",
            "people": [world.people["Amir Kaya"]], "tested": [tested],
        },
    )  # fmt: skip
    assert sent.status_code == 302
    key = world.owner.execute("select id from shifts_staffpart").fetchone()[0]
    link = reverse("shifts:support", args=[key])
    leads = [role for role in ROLES if role != "clerk" and link in home(world, role)]
    assert leads == ["head-of-unit"]


def test_the_places_that_keep_people_safe_are_one_touch_from_home(world: World) -> None:
    for who in ("wing-officer", "duty-manager", "head-of-unit", "governor"):
        shown = home(world, who)
        for address in (
            reverse("safety:check-ins", args=["a"]),
            reverse("safety:apart-now"),
            reverse("safety:concerns"),
        ):
            assert f'href="{address}"' in shown, (who, address)
            assert world.client(who).get(address).status_code == 200


def test_the_meeting_is_offered_only_to_whoever_has_one(world: World) -> None:
    for who, offered in (("wing-officer", True), ("activity-staff", False)):
        shown = world.client(who).get("/actions/").content.decode()
        assert "Nothing is owed" in shown
        assert ("To the meeting" in shown) is offered


def test_what_has_passed_today_is_no_longer_ahead(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    noon = midnight + timedelta(hours=12)
    world.add_coming("Amir Kaya", "visit", noon - timedelta(hours=1), "has passed")
    world.add_coming("Amir Kaya", "visit", noon + timedelta(hours=1), "is still to come")
    world.add_coming("Amir Kaya", "appointment", midnight, "some time today")
    with world.viewing("wing-officer") as viewer:
        monkeypatch.setattr(timezone, "now", lambda: noon)
        where = Unit.objects.filter(pk=world.units["a"])
        ahead = {each.words for each in coming_on(where, viewer=viewer, today=noon.date())}
        tiles = wing_today("a", viewer=viewer, today=noon.date(), charts=False).places
        on_tiles = {each.words for tile in tiles for each in tile.ahead}
    assert ahead == on_tiles == {"is still to come", "some time today"}


def test_activity_staff_are_asked_to_write_and_shown_nobody(world: World) -> None:
    world.add_reflection("Amir Kaya", "wing-officer")
    shown = home(world, "activity-staff")
    assert "Write about today" in shown
    assert "Amir" not in shown


def test_a_governor_reads_what_is_overdue_as_names_to_look_after(world: World) -> None:
    past = timezone.localdate() - timedelta(days=4)
    add_action(world, "Jonas Petit", "wing-officer", past, "Book the dentist")
    world.insert(
        "reflections_usualpattern", id=new_key(), person_id=world.people["Bao Tran"],
        words="quiet", own_words="", agreed_with_person=True, written_by_id=world.staff["governor"],
        written_at=timezone.now(), review_on=past,
    )  # fmt: skip
    world.add_reflection("Amir Kaya", "wing-officer")
    world.add_reflection("Jonas Petit", "wing-officer", day=past)
    shown = home(world, "governor")
    assert "Book the dentist" in shown
    assert "Usual patterns to look at again" in shown
    quiet = shown[shown.index("Nobody has written for three days") :].split("</section>")[0]
    assert "Jonas P." in quiet
    assert "Bao T." in quiet
    assert "Amir K." not in quiet
    assert "Cem D." not in shown, "the other prison is not hers"


def test_whoever_is_away_or_new_has_not_been_forgotten(world: World) -> None:
    world.add_escort("Jonas Petit", "hospital", timezone.now() - timedelta(days=9))
    world.owner.execute(
        "update people_stay set began_at = now() - interval '1 day' where person_id = %s",
        [world.people["Bao Tran"]],
    )
    quiet = home(world, "governor").split("Nobody has written for three days")[1]
    quiet = quiet.split("</section>")[0]
    assert "Amir K." in quiet
    assert "Jonas P." not in quiet
    assert "Bao T." not in quiet


def test_no_home_counts_entries_or_compares_officers_and_wings(world: World) -> None:
    for _ in range(3):
        world.add_reflection("Amir Kaya", "wing-officer")
    shown = home(world, "governor").lower()
    for word in ("per officer", "coverage", "target", "%", "most entries", "ranking"):
        assert word not in shown


def test_caseworkers_see_the_people_on_their_cases(world: World) -> None:
    for who in ("case-lead", "psychologist", "probation-officer"):
        shown = home(world, who)
        assert "Amir K." in shown
        assert "Jonas P." not in shown
    assert "case you lead" in home(world, "case-lead")


def test_oversight_is_told_what_it_may_do_and_can_search(world: World) -> None:
    shown = home(world, "oversight")
    assert "you write nothing" in shown
    assert 'name="q"' in shown


def test_a_service_without_charts_says_so(world: World, settings: Any) -> None:
    settings.CHARTS = False
    assert "Charts are switched off in this service." in home(world, "governor")


@pytest.mark.parametrize("count", [1, 60])
def test_a_governor_s_home_asks_as_much_for_sixty_as_for_one(
    world: World, count: int, django_assert_max_num_queries: Any
) -> None:
    past = timezone.localdate() - timedelta(days=4)
    for person in world.add_people(count, "b"):
        name = next(name for name, key in world.people.items() if key == person)
        add_action(world, name, "b-officer", past, "Ask")
    client = world.client("governor")
    client.get("/")
    with django_assert_max_num_queries(32):
        assert "60 more" not in client.get("/").content.decode()
