"""Trust offered, taken up or not, kept; strengths."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.rules.strengths import (
    Answer,
    how_trust_went,
    possible_answers,
    problem_with_day,
)

from .person_world import add_strength, add_trust, ago

pytestmark = pytest.mark.django_db(transaction=True)


def post(world, page, by="wing-officer", person="Amir Kaya", **said):
    url = reverse(f"reflections:{page}", args=[world.people[person]])
    return world.client(by).post(url, {"key": str(new_key())} | said)


def answer(world, step, what, by="wing-officer", on=None, note=""):
    url = reverse("reflections:trust-step", args=[step])
    day = (on or timezone.localdate()).isoformat()
    return world.client(by).post(url, {"answer": what, "on": day, "note": note})


def look(world, by="wing-officer"):
    url = reverse("reflections:person", args=[world.people["Amir Kaya"]])
    return world.client(by).get(url).content.decode()


def steps(world):
    return world.owner.execute(
        "select id, taken_on, declined_on, kept_on, note from reflections_truststep"
    ).fetchall()


def log(world):
    return world.owner.execute(
        "select kind, subject from audit_entry where kind in ('collection', 'alteration')"
        " order by at"
    ).fetchall()


def test_trust_is_offered_taken_up_and_kept(world):
    assert post(world, "offer-trust", what="Wing cleaner", on=ago(3).isoformat()).status_code == 302
    step = steps(world)[0][0]
    assert answer(world, step, "taken", on=ago(2)).status_code == 302
    assert answer(world, step, "kept", note="Keys back each evening.").status_code == 302
    assert steps(world) == [(step, ago(2), None, ago(0), "Keys back each evening.")]
    html = look(world)
    assert "taken up, kept" in html
    assert "Keys back each evening." in html
    assert log(world) == [("collection", "trust"), ("alteration", "trust"), ("alteration", "trust")]


def test_not_taking_it_up_is_said_plainly_and_marks_nobody(world):
    step = add_trust(world, taken_on=None, kept_on=None, note="")
    answer(world, step, "declined")
    html = look(world)
    assert "not taken up" in html
    for mark in ("declined", "refus", "failed", "broken", "▼"):
        assert mark not in html.lower()


def test_how_it_goes_can_be_noted_while_it_goes_on(world):
    step = add_trust(world, kept_on=None)
    answer(world, step, "going-on", note="Needed a reminder on Monday.")
    assert steps(world)[0][3:] == (None, "Needed a reminder on Monday.")


def test_a_double_tap_offers_and_answers_once(world):
    key = str(new_key())
    for _ in range(2):
        post(world, "offer-trust", what="Wing cleaner", on=ago(0).isoformat(), key=key)
    [(step, *_rest)] = steps(world)
    assert answer(world, step, "taken").status_code == 302
    assert answer(world, step, "taken").status_code == 302
    assert len(log(world)) == 2


def test_a_colleague_who_was_quicker_stands(world):
    step = add_trust(world, taken_on=None, kept_on=None, note="")
    answer(world, step, "declined", by="head-of-unit")
    late = answer(world, step, "taken", note="He came by.")
    assert late.status_code == 422
    html = late.content.decode()
    assert "A colleague has said meanwhile how it went." in html
    assert "He came by." in html
    assert steps(world)[0][1:4] == (None, ago(0), None)


@pytest.mark.parametrize(("on", "said"), [(-1, "still to come"), (90, "before it was offered")])
def test_days_that_cant_be_are_refused_and_the_words_kept(world, on, said):
    step = add_trust(world, taken_on=None, kept_on=None, note="")
    refused = answer(world, step, "taken", on=ago(on), note="Good start.")
    html = refused.content.decode()
    assert refused.status_code == 422
    assert said in html
    assert "Good start." in html
    assert steps(world)[0][1] is None


def test_an_offer_lies_not_ahead(world):
    refused = post(world, "offer-trust", what="Wing cleaner", on=ago(-2).isoformat())
    assert refused.status_code == 422
    assert steps(world) == []


def test_a_strength_stands_on_the_page_with_whoever_saw_it(world):
    assert post(world, "add-strength", words="Explains the work").status_code == 302
    html = look(world, "governor")
    assert "Explains the work" in html
    assert "Nobody has written it down yet" not in html
    assert log(world) == [("collection", "strength")]


@pytest.mark.parametrize("words", ["", " ", "x" * 301])
def test_a_strength_needs_a_few_words(world, words):
    assert post(world, "add-strength", words=words).status_code == 422
    assert log(world) == []


@pytest.mark.parametrize(
    "name", ["activity-staff", "chaplain", "analyst", "governor", "psychologist", "b-officer"]
)
def test_only_those_who_read_and_write_here_write_here(world, name):
    step = add_trust(world, kept_on=None)
    assert post(world, "add-strength", name, words="x").status_code == 404
    assert post(world, "offer-trust", name, what="x", on=ago(0).isoformat()).status_code == 404
    assert answer(world, step, "kept", by=name).status_code == 404
    assert log(world) == []
    assert steps(world)[0][3] is None


@pytest.mark.parametrize("name", ["activity-staff", "b-officer"])
def test_a_step_out_of_reach_is_as_if_absent(world, name):
    step = add_trust(world)
    client = world.client(name)
    here = client.get(reverse("reflections:trust-step", args=[step]))
    absent = client.get(reverse("reflections:trust-step", args=[new_key()]))
    assert here.status_code == absent.status_code == 404
    assert here.content == absent.content


def test_somebody_elses_key_is_refused_as_if_absent(world):
    key = add_strength(world, "Jonas Petit")
    assert post(world, "add-strength", words="Explains", key=str(key)).status_code == 404


DAY = date(2026, 3, 1)


def test_what_may_follow():
    assert possible_answers(None, None, None) == (Answer.TAKEN, Answer.DECLINED)
    assert possible_answers(DAY, None, None) == (Answer.KEPT, Answer.GOING_ON)
    assert possible_answers(DAY, None, DAY) == possible_answers(None, DAY, None) == ()


def test_it_is_said_in_the_order_it_happened():
    assert how_trust_went(DAY, DAY, None, DAY).endswith(", taken up, kept")
    assert how_trust_went(DAY, None, DAY, None).endswith(", not taken up")


def test_a_day_lies_between_the_offer_and_today():
    assert problem_with_day(DAY, offered_on=DAY, today=DAY) == ""
    assert problem_with_day(DAY, offered_on=DAY, today=date(2026, 2, 28))
    assert problem_with_day(date(2026, 2, 28), offered_on=DAY, today=DAY)
