"""Usual pattern and early signs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.actions.usual import write_usual
from daybook.observe.reflections.rules.usual import Superseded, review_problem, sign_problem

from .person_world import add_usual, ago

pytestmark = pytest.mark.django_db(transaction=True)


def address(world, page, person="Amir Kaya"):
    return reverse(f"reflections:{page}", args=[world.people[person]])


def filled(signs=(("I stop cooking", "ask about my sister"),), **said):
    data = {
        "key": str(new_key()), "replaces": "", "words": "Quiet before noon.", "own_words": "",
        "together": "on", "review_on": (timezone.localdate() + timedelta(weeks=8)).isoformat(),
        "signs-TOTAL_FORMS": len(signs), "signs-INITIAL_FORMS": 0,
    } | said  # fmt: skip
    for number, (sign, response) in enumerate(signs):
        data |= {f"signs-{number}-sign": sign, f"signs-{number}-response": response}
    return data


def write(world, by="wing-officer", **said):
    return world.client(by).post(address(world, "usual"), filled(**said))


def rows(world, query):
    return world.owner.execute(query).fetchall()


def test_a_pattern_is_written_together_with_signs_and_a_day_to_look_again(world):
    assert write(world, own_words="Mornings are not mine.").status_code == 302
    html = world.client("wing-officer").get(address(world, "person")).content.decode()
    for words in ("Quiet before noon.", "Mornings are not mine.", "I stop cooking",
                  "ask about my sister", "Written together"):  # fmt: skip
        assert words in html
    assert rows(world, "select kind, people from audit_entry where subject = 'usual pattern'") == [
        ("collection", [world.people["Amir Kaya"]])
    ]


def test_a_new_one_replaces_the_old_which_stays_readable(world):
    old = add_usual(world)
    form = world.client("wing-officer").get(address(world, "usual"))
    assert form.context["form"]["words"].value().startswith("Quiet before noon, jokes")
    assert not form.context["form"]["together"].value(), "that it is agreed is asked anew"

    write(world, replaces=str(old), words="Talks to everyone since spring.")
    page = world.client("governor").get(address(world, "usual")).content.decode()
    now, before = page.split("<h2>Before</h2>")
    assert "Talks to everyone since spring." in now
    assert "jokes at the servery" in before
    assert "give me an hour" in before


def test_a_double_tap_is_one_pattern(world):
    data = filled()
    client = world.client("wing-officer")
    for _ in range(2):
        assert client.post(address(world, "usual"), data).status_code == 302
    assert len(rows(world, "select from reflections_usualpattern")) == 1
    assert len(rows(world, "select from reflections_earlysign")) == 1


def test_two_officers_at_once_lose_neither_s_words(world):
    key = (
        write(world, by="head-of-unit", words="First.")
        and rows(world, "select id from reflections_usualpattern")[0][0]
    )
    late = write(world, words="Second.")
    html = late.content.decode()
    assert late.status_code == 422
    assert "A colleague saved a newer pattern while you wrote." in html
    assert "First." in html, "what stands now"
    assert "Second." in html, "what was typed"
    assert late.context["form"]["replaces"].value() == str(key)
    assert late.context["signs"][0]["sign"].value() == "I stop cooking"


def test_the_same_day_a_pattern_holds_once_even_without_the_form(world):
    add_usual(world)
    with world.viewing("wing-officer") as viewer, pytest.raises(Superseded):
        write_usual(
            by=viewer, person_id=world.people["Amir Kaya"], key=new_key(), words="x",
            own_words="", together=False, review_on=ago(-10), signs=[], replaces=None,
        )  # fmt: skip


def test_a_failed_log_entry_takes_the_pattern_back(world, monkeypatch):
    from daybook.observe.reflections.actions import usual

    def refuse(**_):
        raise RuntimeError("the log is full")

    monkeypatch.setattr(usual, "record", refuse)
    with pytest.raises(RuntimeError):
        write(world)
    assert rows(world, "select from reflections_usualpattern") == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": ""}, "Write at least a few words."),
        ({"review_on": ago(0).isoformat()}, "Choose a day after today."),
        ({"review_on": ago(-400).isoformat()}, "within half a year"),
        ({"signs": [("I stop cooking", "")]}, "Say what was agreed to do when it shows."),
        ({"signs": [("", "give me an hour")]}, "Say what shows first."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(world, wrong, said):
    answer = write(world, own_words="Mornings are not mine.", **wrong)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "Mornings are not mine." in html
    assert rows(world, "select from reflections_usualpattern") == []


@pytest.mark.parametrize("name", ["governor", "psychologist", "case-lead"])
def test_readers_read_and_do_not_write(world, name):
    add_usual(world)
    html = world.client(name).get(address(world, "usual")).content.decode()
    assert "jokes at the servery" in html
    assert "<form method" not in html.split("<main")[1]
    assert write(world, by=name).status_code == 404
    assert len(rows(world, "select from reflections_usualpattern")) == 1


@pytest.mark.parametrize("name", ["activity-staff", "chaplain", "analyst", "b-officer"])
def test_whoever_does_not_read_here_does_not_write_here_either(world, name):
    assert world.client(name).get(address(world, "usual")).status_code == 404
    assert write(world, by=name).status_code == 404


def test_a_review_that_is_due_stands_on_the_page(world):
    add_usual(world, review_on=ago(2))
    html = world.client("wing-officer").get(address(world, "person")).content.decode()
    assert "To be looked at together since" in html


# ---- Rules ----


def test_a_review_lies_within_half_a_year():
    today = timezone.localdate()
    assert review_problem(today + timedelta(weeks=8), today) == ""
    assert review_problem(today, today)
    assert review_problem(today + timedelta(weeks=27), today)


def test_a_sign_comes_with_its_answer():
    assert sign_problem("", "") == sign_problem("a", "b") == ""
    assert sign_problem("a", "")
    assert sign_problem("", "b")
