"""What a review asks for stays in sight until it is done: looks, blind spots, pages half marked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.understand.reviews.actions import opening
from tests.understand.reviews import furnished
from tests.understand.reviews.furnished import LEAD, OFFICER, PSYCHOLOGIST
from tests.understand.reviews.test_walk import AMIR, does
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

HOME = reverse("home")
PROBATION = "probation-officer"


def at_home(world: World, name: str, words: str) -> bool:
    return words in world.client(name).get(HOME).content.decode()


# ---- The next look ----


def test_the_next_look_reaches_all_who_keep_casework_and_follows_to_probation(world: World) -> None:
    on = timezone.localdate() + timedelta(days=5)
    made = furnished.closed(
        world, world.people[AMIR], next_on=on, fades_on=on + timedelta(days=28)
    )  # fmt: skip
    reached = {name for name in world.staff if at_home(world, name, "Look again: How it goes.")}
    assert reached == {LEAD, PSYCHOLOGIST, PROBATION}
    world.owner.execute(
        "update people_stay set ended_at = now(), ended_as = 'released', ended_by_id = %s"
        " where person_id = %s",
        [world.staff["head-of-unit"], made.person],
    )
    assert at_home(world, PROBATION, "Look again: How it goes.")
    assert not at_home(world, LEAD, "Look again: How it goes.")


def test_a_new_review_is_the_next_look_unless_it_is_given_up(world: World) -> None:
    on = timezone.localdate() + timedelta(days=5)
    made = furnished.closed(world, world.people[AMIR], next_on=on, fades_on=on + timedelta(days=28))
    key = new_key()
    does(world, LEAD, opening.open_review, key=key, person_id=made.person, question="And now?",
         part=LEAD)  # fmt: skip
    assert not at_home(world, PSYCHOLOGIST, "Look again")
    does(world, LEAD, opening.give_up, review=key, because="It fell away.")
    assert at_home(world, PSYCHOLOGIST, "Look again")


# ---- Blind spots ----


def test_a_blind_spot_that_is_somebodys_shows_whose_and_is_offered_once(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    spot = reverse("reviews:blind-spot", args=[made.review, "depth", "work"])
    page = reverse("reviews:review", args=[made.review])
    client = world.client("head-of-unit")
    assert spot in client.get(page).content.decode()
    said = {
        "key": new_key(), "what": "Ask the teacher", "owner_id": world.staff[OFFICER],
        "due_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    for _tap in range(2):
        assert client.post(spot, said).status_code == 302
    assert client.post(spot, said | {"key": new_key()}).status_code == 422
    assert world.owner.execute("select count(*) from duties_action").fetchone() == (1,)
    shown = client.get(page).content.decode()
    assert spot not in shown
    assert reverse("reviews:blind-spot", args=[made.review, "depth", "person"]) in shown
    at = shown.index("What nobody has seen yet")
    assert "due " in shown[at:]
    world.owner.execute("alter table duties_action disable trigger user")
    world.owner.execute("update duties_action set done_at = now(), effect = 'helped'")
    assert spot in client.get(page).content.decode()


def test_a_cell_whose_only_item_has_ended_is_blind_and_shows_it(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    entry = world.add_reflection(AMIR, OFFICER, seen_heard="Swept the stairs.")
    furnished.item(world, made, world.staff[LEAD], dimension="depth", source="reflection",
                   words="Swept the stairs.", record_kind="reflection", record=entry)  # fmt: skip
    spot = reverse("reviews:blind-spot", args=[made.review, "depth", "wing"])
    page = reverse("reviews:review", args=[made.review])
    client = world.client("head-of-unit")
    assert spot not in client.get(page).content.decode()
    world.owner.execute("alter table reflections_reflection disable trigger user")
    world.owner.execute("update reflections_reflection set withdrawn_at = now()")
    shown = client.get(page).content.decode()
    assert spot in shown
    assert "ended since" in shown


# ---- Rating, page by page ----


def test_marks_of_a_page_are_kept_wherever_one_goes(world: World) -> None:
    made = furnished.rating(world, world.people[AMIR])
    for at in range(30):
        furnished.item(world, made, world.staff[LEAD], words=f"Item {at}.", dimension="time")
    rate = reverse("reviews:rate", args=[made.review])
    client = world.client(OFFICER)
    mark = {f"{made.items[0].hex}.genuine": "fits"}
    page = client.get(rate).content.decode()
    assert "data-draft" in page
    assert client.post(rate, mark).url == f"{rate}?show=2"
    again = client.get(f"{rate}?show=2").content.decode()
    assert 'name="then" value="1"' in again
    assert client.post(f"{rate}?show=2", {"then": "1"}).url == f"{rate}?show=1"
    leaves = client.post(rate, mark | {"then": "leave"})
    assert leaves.url == reverse("reviews:review", args=[made.review])
    kept = world.owner.execute(
        "select marks from reviews_membermarks where evidence_id = %s", [made.items[0]]
    ).fetchone()
    assert kept == ({"genuine": "fits"},)
