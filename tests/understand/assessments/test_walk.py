"""From opening to the person's copy, by two colleagues who answer apart and then talk."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.understand.assessments.actions import opening
from daybook.understand.assessments.models import Account, Basis, Draft, SheetAnswer
from daybook.understand.assessments.queries.lines import State
from daybook.understand.assessments.queries.whole import whole
from tests.world import World

from .assessed import (
    AMIR,
    BOTH,
    LEAD,
    PSYCHOLOGIST,
    SUMMARY,
    begin,
    close,
    closed,
    fill,
    sheet_of,
    sign,
    talk,
    train,
    trained,
)

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "what only one of them saw"


@pytest.fixture
def ready(world: World) -> World:
    trained(world)
    return world


def seen_by(world: World, who: str, assessment) -> str:
    return world.client(who).get(reverse("assessments:one", args=[assessment])).content.decode()


def test_neither_reads_the_other_s_sheet_until_both_have_signed(ready: World):
    made = begin(ready)
    sign(ready, made, LEAD, ties="grows")
    page = seen_by(ready, PSYCHOLOGIST, made)
    assert "Nobody reads a sheet until all are signed" in page
    assert "There is more of it than three months ago" not in page
    with ready.viewing(PSYCHOLOGIST) as viewer:
        found = whole(made, viewer=viewer)
        assert found.line.state is State.FILLING
        assert found.domains == ()
    sign(ready, made, PSYCHOLOGIST, ties="thin")
    for who in BOTH:
        page = seen_by(ready, who, made)
        assert "There is more of it than three months ago" in page
        assert "You answered 1 item differently" in page


def test_blindness_is_held_in_sql_for_everybody(ready: World):
    made = begin(ready)
    lead = sign(ready, made, LEAD)
    fill(ready, made, PSYCHOLOGIST)
    for who in ready.staff:
        with ready.viewing(who) as viewer:
            for part in (SheetAnswer, Basis, Account):
                assert not part.objects.exclude(sheet__assessor_id=ready.staff[who]).exists(), who
            # Whoever looks everywhere may not so much as ask for a draft.
            if not viewer.everywhere:
                assert Draft.objects.count() == (1 if who == PSYCHOLOGIST else 0), who
    with ready.viewing("oversight"), pytest.raises(ProgrammingError, match="permission denied"):
        Draft.objects.count()
    sign(ready, made, PSYCHOLOGIST)
    for who in ("oversight", "governor", PSYCHOLOGIST):
        with ready.viewing(who):
            assert Basis.objects.filter(sheet_id=lead).exists(), who


def test_what_they_answered_differently_is_talked_about_before_it_closes(ready: World):
    made = begin(ready)
    sign(ready, made, LEAD, ties="grows", home="absent")
    sign(ready, made, PSYCHOLOGIST, ties="thin", home="thin")
    with pytest.raises(Cannot, match="answered differently"):
        close(ready, made)
    talk(ready, made, "ties", "grows")
    talk(ready, made, "home", by=PSYCHOLOGIST)
    close(ready, made)
    page = seen_by(ready, "governor", made)
    assert "Agreed: grows" in page
    assert "They go on differing" in page
    assert "I want to live near my sister." in page


def test_the_person_gets_a_copy_in_plain_words_with_their_own_view(ready: World):
    made = closed(ready)
    client = ready.client(LEAD)
    copy = reverse("assessments:copy", args=[made])
    page = client.get(copy).content.decode()
    for said in (SUMMARY, "I want to live near my sister.", "It is no grade"):
        assert said in page
    assert client.post(copy, {"how": "", "said": "x"}).status_code == 422
    answer = client.post(copy, {"how": "Read together.", "said": "The part on work is wrong."})
    assert answer.status_code == 302
    assert "The part on work is wrong." in seen_by(ready, "governor", made)
    entry = ready.owner.execute(
        "select recipient, reason from audit_entry where kind = 'disclosure'"
        " and subject like 'assessment:%%'"
    ).fetchone()
    assert entry == ("the person", "Read together.")


def test_it_stands_on_the_person_s_page_on_the_timeline_and_at_home(ready: World):
    made = begin(ready)
    home = ready.client(PSYCHOLOGIST).get(reverse("home")).content.decode()
    assert "Your sheet waits: Needs and strengths" in home
    for who in BOTH:
        sign(ready, made, who)
    assert "To talk about and close" in ready.client(LEAD).get(reverse("home")).content.decode()
    close(ready, made)
    page = ready.client(LEAD).get(
        reverse("reflections:person", args=[ready.people[AMIR]])
    ).content.decode()  # fmt: skip
    assert "Needs and strengths" in page
    assert SUMMARY in page
    # A wing officer doesn't read casework, and is told nothing of it.
    page = ready.client("wing-officer").get(
        reverse("reflections:person", args=[ready.people[AMIR]])
    ).content.decode()  # fmt: skip
    assert SUMMARY not in page


def test_a_wing_officer_screens_and_reads_back_their_own_alone(ready: World):
    closed(ready)
    made = begin(ready, "immediate-needs", by="wing-officer", assessors=("wing-officer",))
    sign(ready, made, "wing-officer")
    page = ready.client("wing-officer").get(
        reverse("assessments:of-person", args=[ready.people[AMIR]])
    ).content.decode()  # fmt: skip
    assert "Immediate needs" in page
    assert SUMMARY not in page
    assert page.count("actions") < 3
    with ready.viewing("wing-officer") as viewer:
        assert whole(made, viewer=viewer).read


def test_a_page_at_a_time_and_nothing_typed_is_lost(ready: World):
    made = begin(ready)
    key = sheet_of(ready, made, LEAD)
    client = ready.client(LEAD)
    first = reverse("assessments:fill", args=[key, 1])
    answer = client.post(
        first,
        {
            "answer_health-and-rest": "no-such-answer",
            "fact_health-and-rest": SECRET,
            "sources_health-and-rest": ["talk"],
        },
    )
    assert answer.status_code == 422
    assert "There is no such answer here" in answer.content.decode()
    assert SECRET in client.get(first).content.decode()
    page = client.get(reverse("assessments:sign", args=[key])).content.decode()
    assert "There is no such answer here" in page
    assert "What this rests on" in page
    assert client.post(reverse("assessments:sign", args=[key])).status_code == 422
    assert SECRET in client.get(first).content.decode()
    assert SECRET not in seen_by(ready, PSYCHOLOGIST, made)


def test_going_to_another_page_keeps_what_was_typed_right_or_wrong(ready: World):
    made = begin(ready)
    key = sheet_of(ready, made, LEAD)
    client = ready.client(LEAD)
    first = reverse("assessments:fill", args=[key, 1])
    for wanted, to in (("3", ["fill", 3]), ("sign", ["sign"]), ("99", ["sign"]), ("x", ["sign"])):
        answer = client.post(
            first,
            {"answer_health-and-rest": "no-such", "fact_health-and-rest": SECRET, "then": wanted},
        )
        assert answer.status_code == 302
        assert answer["Location"] == reverse(f"assessments:{to[0]}", args=[key, *to[1:]])
        assert SECRET in client.get(first).content.decode()


def test_what_is_typed_when_a_colleague_ends_it_comes_back_to_be_copied(ready: World):
    made = begin(ready)
    for who in BOTH:
        sign(ready, made, who)
    client = ready.client(PSYCHOLOGIST)
    note = {"key": new_key(), "outcome": "carries", "words": SECRET}
    end = {
        "key": new_key(), "summary": SECRET, "needs": "A place.", "support": "I ask.",
        "own_view": "rather-not", "own_words": "",
        "again_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    close(ready, made)
    for page, said in (
        (reverse("assessments:talk", args=[made, "ties"]), note),
        (reverse("assessments:close", args=[made]), end),
    ):
        answer = client.post(page, said)
        assert answer.status_code == 422
        assert "It was closed meanwhile" in answer.content.decode()
        assert SECRET in answer.content.decode()
        # What the browser kept is offered there, too.
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("signed", [True, False])
def test_what_is_typed_when_a_colleague_gives_it_up_comes_back_to_be_copied(
    ready: World, signed: bool
):
    made = begin(ready)
    if signed:
        for who in BOTH:
            sign(ready, made, who)
        page = reverse("assessments:talk", args=[made, "ties"])
        said = {"key": new_key(), "outcome": "carries", "words": SECRET}
    else:
        key = fill(ready, made, PSYCHOLOGIST)
        page = reverse("assessments:fill", args=[key, 1])
        said = {"answer_health-and-rest": "carries", "fact_health-and-rest": SECRET, "then": "2"}
    with ready.viewing(LEAD) as viewer:
        opening.give_up(by=viewer, key=made, reason="He was moved.")
    client = ready.client(PSYCHOLOGIST)
    answer = client.post(page, said)
    assert answer.status_code == 422
    assert "given up" in answer.content.decode()
    assert SECRET in answer.content.decode()
    assert client.get(page).status_code == 200


def test_whoever_is_not_trained_now_keeps_the_sheet_and_is_told_why(world: World):
    train(world, LEAD, "assessing-needs")
    made = begin(world)
    with pytest.raises(Cannot, match="training for this instrument is not current"):
        sign(world, made, PSYCHOLOGIST)
    fill(world, made, PSYCHOLOGIST)
    client = world.client(PSYCHOLOGIST)
    key = sheet_of(world, made, PSYCHOLOGIST)
    answer = client.post(reverse("assessments:sign", args=[key]))
    assert answer.status_code == 422
    assert "What you typed is kept" in answer.content.decode()
    train(world, PSYCHOLOGIST, "assessing-needs")
    assert client.post(reverse("assessments:sign", args=[key])).status_code == 302


def test_the_person_contests_it_and_their_words_stand_beside(ready: World):
    made = closed(ready)
    page = ready.client(LEAD).get(
        reverse("reflections:person", args=[ready.people[AMIR]])
    ).content.decode()  # fmt: skip
    take = reverse("contests:take", args=["assessment", made])
    assert take in page
    said = {
        "key": new_key(), "words": "I have a home: my aunt's.", "language": "en", "given": "spoken",
    }  # fmt: skip
    assert ready.client("wing-officer").post(take, said).status_code == 404
    assert ready.client("psychologist").post(take, said).status_code == 302
    for who in (LEAD, "governor"):
        page = ready.client(who).get(
            reverse("reflections:person", args=[ready.people[AMIR]])
        ).content.decode()  # fmt: skip
        assert "my aunt" in page, who
    # A wing officer reads neither it nor what is said about it.
    page = ready.client("wing-officer").get(
        reverse("reflections:person", args=[ready.people[AMIR]])
    ).content.decode()  # fmt: skip
    assert "my aunt" not in page
