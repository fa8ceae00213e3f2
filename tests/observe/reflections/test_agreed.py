"""What was agreed stands where it is needed: atop the person's page, and above the form."""

import pytest
from django.urls import reverse

from .person_world import add_action, add_meeting, add_usual, ago

pytestmark = pytest.mark.django_db(transaction=True)

AGREED = "unhurried, same people"


@pytest.fixture
def agreed(world):
    add_usual(world)
    add_action(world)
    add_meeting(world, day=3)
    return world


def page(world, name, view="person", person="Amir Kaya"):
    url = reverse(f"reflections:{view}", args=[world.people[person]])
    return world.client(name).get(url).content.decode()


def talked_about_again(world, stance, outcome="discussed"):
    discussion = add_meeting(world, day=1)
    world.owner.execute("alter table reflections_meetingperson disable trigger user")
    world.owner.execute(
        "update reflections_meetingperson set stance = %s, outcome = %s where id = %s",
        [stance, outcome, discussion],
    )
    world.owner.execute("alter table reflections_meetingperson enable trigger user")


@pytest.mark.parametrize("name", ["wing-officer", "governor", "case-lead"])
def test_stance_promises_and_first_signs_stand_above_everything_written(agreed, name):
    html = page(agreed, name)
    top = html[html.index("What we agreed") : html.index('id="timeline"')]
    for words in (AGREED, "Phone credit sorted", "I stop cooking", "give me an hour"):
        assert words in top
    assert html.count("give me an hour") == 1, "said once"


@pytest.mark.parametrize("name", ["wing-officer", "personal-officer"])
def test_the_usual_pattern_and_what_was_agreed_are_one_touch_above_the_form(agreed, name):
    html = page(agreed, name, "reflect")
    fold = html[html.index('<details class="hint">') : html.index("</details>")]
    assert "Usual for them" in fold
    for words in ("Quiet before noon", "I stop cooking", "give me an hour", AGREED):
        assert words in fold
    assert html.index("</details>") < html.index('name="contact"')


def test_where_nothing_is_agreed_nothing_stands_in_the_way(world):
    assert "What we agreed" not in page(world, "wing-officer")
    form = page(world, "wing-officer", "reflect")
    assert "agreed" not in form[form.index("<main") : form.index('name="contact"')]


def test_whoever_only_writes_is_told_nothing_of_it(agreed):
    html = page(agreed, "activity-staff", "reflect")
    for words in ("Quiet before noon", "I stop cooking", AGREED, "and what we agreed"):
        assert words not in html


def test_the_last_talk_says_the_stance(agreed):
    talked_about_again(agreed, "leave him the mornings")
    html = page(agreed, "wing-officer", "reflect")
    assert "leave him the mornings" in html
    assert AGREED not in html


def test_a_talk_that_agreed_on_none_leaves_none(agreed):
    talked_about_again(agreed, "")
    assert AGREED not in page(agreed, "wing-officer", "reflect")


def test_nothing_new_leaves_the_stance_as_it_was(agreed):
    talked_about_again(agreed, "", outcome="nothing-new")
    assert AGREED in page(agreed, "wing-officer", "reflect")


def test_the_form_asks_the_same_however_much_was_agreed(agreed, django_assert_num_queries):
    url = reverse("reflections:reflect", args=[agreed.people["Amir Kaya"]])
    client = agreed.client("wing-officer")
    client.get(url)
    with django_assert_num_queries(18) as few:
        client.get(url)
    for _ in range(5):
        talked_about_again(agreed, "same again")
    for position in range(1, 8):
        agreed.owner.execute(
            "insert into reflections_earlysign"
            " (id, pattern_id, person_id, sign, response, position)"
            " select gen_random_uuid(), pattern_id, person_id, sign, response, %s"
            " from reflections_earlysign where position = 0",
            [position],
        )
    with django_assert_num_queries(len(few)):
        assert client.get(url).content.decode().count("give me an hour") == 8


def test_a_pattern_due_for_review_stands_on_the_home_of_whoever_knows_them(world):
    add_usual(world, review_on=ago(2))
    add_usual(world, "Jonas Petit", review_on=ago(2))
    html = world.client("personal-officer").get("/").content.decode()
    due = html[html.index("Usual patterns to look at together") :].split("</section>")[0]
    assert reverse("reflections:usual", args=[world.people["Amir Kaya"]]) in due
    assert "review was due" in due
    assert "Jonas P." not in due, "somebody else's"
    assert "look at together" not in world.client("wing-officer").get("/").content.decode()


def test_a_pattern_due_within_the_week_is_said_early_and_a_later_one_not_yet(world):
    add_usual(world, review_on=ago(-6))
    assert "look at together" in world.client("personal-officer").get("/").content.decode()
    world.owner.execute("alter table reflections_usualpattern disable trigger user")
    world.owner.execute("update reflections_usualpattern set review_on = %s", [ago(-9)])
    world.owner.execute("alter table reflections_usualpattern enable trigger user")
    assert "look at together" not in world.client("personal-officer").get("/").content.decode()
