"""A review whose leads are gone ends all the same, and blocks no other."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.understand.reviews.actions import closing, gathering, opening, rating, team
from daybook.understand.reviews.actions.left import end_left_behind
from daybook.understand.reviews.models import Member, Review
from tests.understand.reviews import furnished
from tests.understand.reviews.furnished import CLOSING, LEAD, OFFICER, PSYCHOLOGIST
from tests.understand.reviews.test_walk import AMIR, does, rows
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

PROBATION = "probation-officer"
TWO = {LEAD: LEAD, OFFICER: OFFICER}


def release(world: World, who: int, ago: int = 0) -> None:
    world.owner.execute(
        "update people_stay set ended_at = now() - make_interval(days => %s),"
        " ended_as = 'released', ended_by_id = %s where person_id = %s",
        [ago, world.staff["head-of-unit"], who],
    )


def end_role(world: World, name: str) -> None:
    world.owner.execute(
        "update access_assignment set until = now() where staff_id = %s", [world.staff[name]]
    )


def opens(world: World, name: str) -> None:
    does(world, name, opening.open_review, key=new_key(), person_id=world.people[AMIR],
         question="And now?", part=name)  # fmt: skip


@pytest.mark.parametrize("make", [furnished.gathering, furnished.rating, furnished.opened])
def test_after_a_release_probation_gives_it_up_and_opens_another(world: World, make) -> None:
    made = make(world, world.people[AMIR])
    release(world, made.person)
    client = world.client(PROBATION)
    page = client.get(reverse("reviews:review", args=[made.review])).content.decode()
    address = reverse("reviews:give-up", args=[made.review])
    assert address in page
    with pytest.raises(Cannot, match="already"):
        opens(world, PROBATION)
    said = {"because": "Nobody of its team is left."}
    assert client.post(address, said).status_code == 302
    assert client.post(address, said).status_code == 302
    opens(world, PROBATION)


def test_whoever_keeps_casework_takes_on_what_gathers(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR], TWO)
    end_role(world, LEAD)
    page = world.client(PSYCHOLOGIST).get(reverse("reviews:review", args=[made.review]))
    assert "Take it on" in page.content.decode()
    said = {"key": new_key(), "staff_id": world.staff[PSYCHOLOGIST], "part": PSYCHOLOGIST}
    team_page = reverse("reviews:team", args=[made.review])
    assert world.client(PSYCHOLOGIST).post(team_page, said).status_code == 302
    with world.viewing(PSYCHOLOGIST):
        mine = Member.objects.get(review_id=made.review, staff_id=world.staff[PSYCHOLOGIST])
        assert mine.accepted_at is not None
    does(world, PSYCHOLOGIST, team.take_off, review=made.review, member=made.members[LEAD])
    does(world, PSYCHOLOGIST, rating.begin, review=made.review)


def test_nobody_answers_for_a_team_with_which_they_have_not_rated(world: World) -> None:
    made = furnished.opened(world, world.people[AMIR], TWO)
    end_role(world, LEAD)
    with pytest.raises(Http404):
        does(world, PSYCHOLOGIST, closing.close, review=made.review, key=new_key(),
             least=["unknown"], next_on=timezone.localdate() + timedelta(days=30),
             **CLOSING)  # fmt: skip
    address = reverse("reviews:close", args=[made.review])
    assert world.client(PSYCHOLOGIST).get(address).status_code == 302
    assert world.client(PSYCHOLOGIST).post(address, {}).status_code == 404


def test_while_a_member_leads_it_nobody_else_does(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR], TWO)
    for name in (PSYCHOLOGIST, PROBATION, "head-of-unit"):
        address = reverse("reviews:give-up", args=[made.review])
        assert world.client(name).get(address).status_code == 404, name


def test_an_officer_of_the_team_alone_leads_nothing(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR], TWO)
    end_role(world, LEAD)
    address = reverse("reviews:give-up", args=[made.review])
    assert world.client(OFFICER).get(address).status_code == 404
    does(world, OFFICER, gathering.lay, review=made.review, key=new_key(), dimension="effort",
         source="work", what="done", words="Swept.", innocent="His turn.")  # fmt: skip


def end_at_night() -> None:
    with transaction.atomic(), at_the_desk() as clerk:
        end_left_behind(by=clerk)


def ended(world: World) -> bool:
    end_at_night()
    return bool(
        world.owner.execute("select from reviews_review where ended_at is not null").rowcount
    )


def close_case(world: World) -> None:
    world.owner.execute(
        "update cases_case set closed_at = now(), closed_because = 'He left.', closed_by_id = %s",
        [world.staff[LEAD]],
    )


def test_what_nobody_is_left_to_end_is_ended_after_a_month(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    release(world, made.person, ago=40)
    # Probation still works with him.
    assert not ended(world)
    close_case(world)
    assert ended(world)


def test_it_waits_a_month(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    release(world, made.person, ago=10)
    close_case(world)
    assert not ended(world)


# ---- One role left ----


def test_nobody_is_taken_off_a_rating_that_one_role_would_be_left_with(world: World) -> None:
    made = furnished.rating(world, world.people[AMIR], TWO)
    does(world, LEAD, rating.finish, review=made.review)
    with pytest.raises(Cannot, match="One role would be left"):
        does(world, LEAD, team.take_off, review=made.review, member=made.members[OFFICER])
    with pytest.raises(Cannot, match="One role would be left"):
        does(world, OFFICER, team.leave, review=made.review)
    does(world, OFFICER, rating.finish, review=made.review)
    assert rows(world, Review, id=made.review)[0].matrix_since is not None
