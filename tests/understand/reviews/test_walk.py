"""A joint review from opening to closing, as the app does it; and everything it refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.understand.reviews.actions import closing, gathering, opening, rating, team
from daybook.understand.reviews.models import Closing, Evidence, Hypothesis, Member, Review
from daybook.understand.reviews.vocabulary import SEEMED
from tests.understand.reviews import furnished
from tests.understand.reviews.furnished import CLOSING, LEAD, OFFICER, PSYCHOLOGIST, TEAM
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

AMIR = "Amir Kaya"
ITEM = {
    "dimension": "effort", "source": "work", "what": "done", "words": "Stayed on to sweep.",
    "innocent": "It was warm there.",
}  # fmt: skip


def does(world: World, name: str, action: Any, **said: Any) -> Any:
    with world.viewing(name) as viewer:
        return action(by=viewer, **said)


def opens(world: World) -> UUID:
    key = new_key()
    does(world, LEAD, opening.open_review, key=key, person_id=world.people[AMIR],
         question="Does it last?", part="case-lead")  # fmt: skip
    return key


def asks(world: World, review: UUID, name: str, part: str) -> None:
    does(world, LEAD, team.ask, review=review, key=new_key(), staff_id=world.staff[name], part=part)


def rows(world: World, model: Any, **where: Any) -> Any:
    with world.viewing(LEAD):
        return list(model.objects.filter(**where))


# ---- The way ----


def test_from_opening_to_a_next_look(world: World) -> None:
    review = opens(world)
    for name in (PSYCHOLOGIST, OFFICER):
        asks(world, review, name, TEAM[name])
        does(world, name, team.accept, review=review)
    genuine, item = None, new_key()
    does(world, OFFICER, gathering.lay, review=review, key=item, **ITEM)
    [genuine] = rows(world, Hypothesis, review_id=review, slug="genuine")
    does(world, LEAD, gathering.lay_test, review=review, key=new_key(), hypothesis=genuine.id,
         evidence=item)  # fmt: skip
    does(world, LEAD, rating.begin, review=review)
    marks = {item: {"genuine": "fits", "instrumental": "against", "habit": "against"}}
    for name in TEAM:
        does(world, name, rating.save, review=review, marks=marks)
    assert [does(world, name, rating.finish, review=review) for name in TEAM] == [
        False, False, True,
    ]  # fmt: skip
    does(world, LEAD, closing.close, review=review, key=new_key(), least=["genuine"],
         next_on=timezone.localdate() + timedelta(days=30), **CLOSING)  # fmt: skip
    [ended] = rows(world, Closing, review_id=review)
    assert ended.fades_on == ended.next_on + timedelta(days=28)
    [whole] = rows(world, Review, id=review)
    assert whole.ended_at == ended.written_at
    kinds = {
        subject
        for (subject,) in world.owner.execute(
            "select subject from audit_entry where subject like 'joint review%'"
        ).fetchall()
    }
    assert {"joint review opened", "joint review closed", "joint review: rating signed"} <= kinds


def test_eight_explanations_stand_from_the_start_and_three_stay(world: World) -> None:
    review = opens(world)
    found = {row.slug: row for row in rows(world, Hypothesis, review_id=review)}
    assert len(found) == 8
    for slug in ("genuine", "health", "unknown"):
        with pytest.raises(Cannot, match="stays"):
            does(world, LEAD, gathering.drop, review=review, hypothesis=found[slug].id, because="x")
        with pytest.raises(Exception, match="reviews_hypothesis_stays"):
            world.owner.execute(
                "update reviews_hypothesis set dropped_at = now(), dropped_by_id = written_by_id,"
                " dropped_because = 'x' where id = %s",
                [found[slug].id],
            )
    does(world, LEAD, gathering.drop, review=review, hypothesis=found["habit"].id, because="x")


def test_only_who_keeps_casework_opens_one_and_one_at_a_time(world: World) -> None:
    said = {"person_id": world.people[AMIR], "question": "Does it last?"}
    for name, part in ((OFFICER, OFFICER), ("head-of-unit", "head-of-unit"), ("chaplain",) * 2):
        with pytest.raises(Http404):
            does(world, name, opening.open_review, key=new_key(), part=part, **said)
    opens(world)
    with pytest.raises(Cannot, match="already"):
        does(world, PSYCHOLOGIST, opening.open_review, key=new_key(), part=PSYCHOLOGIST, **said)


def test_whoever_is_asked_answers_for_themselves(world: World) -> None:
    review = opens(world)
    asks(world, review, "chaplain", "chaplain")
    [asked] = rows(world, Member, review_id=review, staff_id=world.staff["chaplain"])
    assert asked.accepted_at is None
    with pytest.raises(Http404):
        does(world, "chaplain", gathering.lay, review=review, key=new_key(), **ITEM)
    does(world, "chaplain", team.leave, review=review)
    with pytest.raises(Http404):
        does(world, "chaplain", team.accept, review=review)
    asks(world, review, "chaplain", "chaplain")
    does(world, "chaplain", team.accept, review=review)
    does(world, "chaplain", gathering.lay, review=review, key=new_key(), **ITEM)


def test_the_intelligence_desk_and_strangers_are_not_asked(world: World) -> None:
    review = opens(world)
    for name, part in (("analyst", "wing-officer"), ("b-officer", "wing-officer"),
                       ("governor", "governor"), ("wing-officer", "chaplain")):  # fmt: skip
        with pytest.raises((Cannot, Http404)):
            asks(world, review, name, part)


def test_somebody_who_keeps_casework_stays(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR], {LEAD: LEAD, OFFICER: OFFICER})
    with pytest.raises(Cannot, match="keeps casework"):
        does(world, LEAD, team.leave, review=made.review)


# ---- Refusals ----


def test_one_role_rates_nothing_and_closes_nothing(world: World) -> None:
    review = opens(world)
    does(world, LEAD, gathering.lay, review=review, key=new_key(), **ITEM)
    with pytest.raises(Cannot, match="One role alone"):
        does(world, LEAD, rating.begin, review=review)
    page = world.client(LEAD).post(reverse("reviews:begin", args=[review]), follow=True)
    assert "One role alone" in page.content.decode()
    assert rows(world, Review, id=review)[0].rating_since is None


def test_how_somebody_seemed_is_refused_and_nothing_of_it_kept(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    before = world.owner.execute("select count(*) from reviews_evidence").fetchone()
    said = {"key": new_key()} | ITEM | {"what": SEEMED, "words": "Smiled quetzal."}
    answer = world.client(LEAD).post(reverse("reviews:lay", args=[made.review]), said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "is never laid on a board" in page
    assert "quetzal" not in page
    assert world.owner.execute("select count(*) from reviews_evidence").fetchone() == before


def test_evidence_is_closed_once_rating_begins(world: World) -> None:
    made = furnished.rating(world, world.people[AMIR])
    with pytest.raises(Cannot, match="rating has begun"):
        does(world, LEAD, gathering.lay, review=made.review, key=new_key(), **ITEM)
    with pytest.raises(Exception, match="moved on"):
        world.owner.execute("update reviews_evidence set struck_at = now(), struck_because = 'x'")


def test_an_item_is_taken_back_by_its_writer_alone(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    with pytest.raises(Http404):
        does(world, OFFICER, gathering.take_back, review=made.review, evidence=made.items[0],
             because="No.")  # fmt: skip
    does(world, LEAD, gathering.take_back, review=made.review, evidence=made.items[0], because="No")
    [kept] = rows(world, Evidence, id=made.items[0])
    assert kept.struck_because == "No"


def test_closing_with_anything_missing_says_what_and_keeps_what_was_typed(world: World) -> None:
    made = furnished.opened(world, world.people[AMIR])
    address = reverse("reviews:close", args=[made.review])
    client = world.client(LEAD)
    whole = {
        "key": new_key(), "least": ["unknown"], "nobody_differs": "on",
        "next_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
    } | {name: words for name, words in CLOSING.items() if words not in ("", True)}  # fmt: skip
    for field in whole.keys() - {"key"}:
        sent = {name: words for name, words in whole.items() if name != field}
        answer = client.post(address, sent)
        page = answer.content.decode()
        assert answer.status_code == 422, field
        for name in ("because", "next_look", "person_said"):
            if name != field:
                assert str(whole[name]) in page, (field, name)
    assert rows(world, Closing, review_id=made.review) == []
    assert client.post(address, whole).status_code == 302


def test_what_is_contradicted_or_untestable_closes_by_no_way(world: World) -> None:
    made = furnished.opened(world, world.people[AMIR])
    on = timezone.localdate() + timedelta(days=30)
    for least in (["instrumental"], ["concealed"], ["genuine", "protest"]):
        with pytest.raises(Cannot, match="speaks against"):
            does(world, LEAD, closing.close, review=made.review, key=new_key(), least=least,
                 next_on=on, **CLOSING)  # fmt: skip
    page = world.client(LEAD).get(reverse("reviews:close", args=[made.review])).content.decode()
    assert 'value="concealed"' not in page
    assert "Cannot be tested with what we have." in page


def test_the_next_look_is_within_half_a_year(world: World) -> None:
    made = furnished.opened(world, world.people[AMIR])
    for days in (-1, 200):
        with pytest.raises(Cannot, match="180 days"):
            does(world, LEAD, closing.close, review=made.review, key=new_key(), least=["unknown"],
                 next_on=timezone.localdate() + timedelta(days=days), **CLOSING)  # fmt: skip


def test_a_review_that_was_given_up_stays_so(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    does(world, LEAD, opening.give_up, review=made.review, because="The question fell away.")
    with pytest.raises(Cannot):
        does(world, LEAD, rating.begin, review=made.review)
    page = world.client(LEAD).get(reverse("reviews:review", args=[made.review])).content.decode()
    assert "The question fell away." in page


# ---- Records ----


def test_a_reflection_is_laid_while_it_stands_and_counts_no_more_after(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    entry = world.add_reflection(AMIR, OFFICER, seen_heard="Swept the stairs.")
    other = world.add_reflection("Jonas Petit", OFFICER, seen_heard="Swept the yard.")
    said = {"review": made.review, **ITEM, "source": "reflection", "record_kind": "reflection"}
    with pytest.raises(Cannot, match="stand"):
        does(world, LEAD, gathering.lay, key=new_key(), record=other, **said)
    does(world, LEAD, gathering.lay, key=new_key(), record=entry, **said)
    with pytest.raises(Cannot, match="already"):
        does(world, LEAD, gathering.lay, key=new_key(), record=entry, **said)
    page = reverse("reviews:cell", args=[made.review, "effort", "wing"])
    assert "ended since" not in world.client(LEAD).get(page).content.decode()
    world.owner.execute("alter table reflections_reflection disable trigger user")
    world.owner.execute("update reflections_reflection set withdrawn_at = now() where id = %s",
                        [entry])  # fmt: skip
    assert "ended since" in world.client(LEAD).get(page).content.decode()


def test_only_confirmed_information_is_laid_and_it_rests_on_it(world: World) -> None:
    from tests.observe.information.furnished import informed

    made = furnished.gathering(world, world.people[AMIR])
    given = informed(
        world, made.person, "north", "a", writer=world.staff["wing-officer"],
        second=world.staff["a-lead"] if "a-lead" in world.staff else world.staff["head-of-unit"],
        lead=world.staff[PSYCHOLOGIST],
    )  # fmt: skip
    said = {"review": made.review, **ITEM, "source": "information", "record_kind": "information"}
    with pytest.raises(Cannot, match="unconfirmed"):
        does(world, LEAD, gathering.lay, key=new_key(), record=given["other concern"], **said)
    with pytest.raises(Cannot, match="unconfirmed"):
        does(world, OFFICER, gathering.lay, key=new_key(), record=given["information"], **said)
    laid = new_key()
    said |= {"words": "Was seen to take coffee that was not given."}
    does(world, LEAD, gathering.lay, key=laid, record=given["information"], **said)
    used = world.owner.execute(
        "select kind from information_use where record = %s", [laid]
    ).fetchone()
    assert used == ("joint review",)
    # Whoever reads information sees it on the board; an officer of the same team doesn't.
    page = reverse("reviews:review", args=[made.review])
    cell = reverse("reviews:cell", args=[made.review, ITEM["dimension"], "information"])
    words = said["words"]
    assert words in world.client(LEAD).get(cell).content.decode()
    assert world.client(OFFICER).get(page).status_code == 200
    answer = world.client(OFFICER).get(cell)
    assert words not in answer.content.decode()
    with world.viewing(OFFICER):
        assert not Evidence.objects.filter(id=laid).exists()
    with world.viewing(LEAD):
        assert Evidence.objects.filter(id=laid).exists()


def test_a_closed_assessment_is_laid_and_goes_back_to_its_assessor(world: World) -> None:
    from tests.understand.assessments.furnished import assessed

    made = furnished.gathering(world, world.people[AMIR])
    assessed(world, made.person, lead=world.staff[PSYCHOLOGIST], second=world.staff["head-of-unit"])
    # Somebody else opened it for them.
    world.owner.execute("alter table assessments_assessment disable trigger user")
    world.owner.execute(
        "update assessments_assessment set opened_by_id = %s", [world.staff["probation-officer"]]
    )
    keys = dict(
        world.owner.execute(
            "select case when closed_at is null then 'open' else 'closed' end, id"
            "  from assessments_assessment order by closed_at nulls first"
        ).fetchall()
    )
    page = world.client(LEAD).get(reverse("reviews:records", args=[made.review])).content.decode()
    assert str(keys["closed"]) in page
    assert str(keys["open"]) not in page
    said = {"review": made.review, **ITEM, "source": "assessment", "record_kind": "assessment"}
    with pytest.raises(Cannot, match="stand"):
        does(world, LEAD, gathering.lay, key=new_key(), record=keys["open"], **said)
    with pytest.raises(Cannot, match="stand"):
        does(world, OFFICER, gathering.lay, key=new_key(), record=keys["closed"], **said)
    laid = new_key()
    does(world, LEAD, gathering.lay, key=laid, record=keys["closed"], **said)
    own = furnished.item(world, made, world.staff[PSYCHOLOGIST], source="member")
    first, second = rows(world, Evidence, id__in=[laid, own])
    assert first.origin == second.origin


# ---- At once ----


def at_once(*calls: Any) -> list[Any]:
    def run(call: Any) -> Any:
        try:
            return call()
        except (Cannot, Http404) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_of_all_who_finish_at_once_exactly_one_opens_the_matrix(world: World) -> None:
    made = furnished.rating(world, world.people[AMIR])
    results = at_once(*[
        lambda name=name: does(world, name, rating.finish, review=made.review) for name in TEAM
    ])  # fmt: skip
    assert sorted(results) == [False, False, True]
    told = world.owner.execute(
        "select count(*) from duties_notice where kind = 'joint-review-matrix'"
    ).fetchone()
    assert told == (2,)


def test_two_who_close_at_once_close_it_once(world: World) -> None:
    made = furnished.opened(world, world.people[AMIR])
    on = timezone.localdate() + timedelta(days=30)
    results = at_once(*[
        lambda name=name: does(world, name, closing.close, review=made.review, key=new_key(),
                               least=["unknown"], next_on=on, **CLOSING)
        for name in (LEAD, PSYCHOLOGIST)
    ])  # fmt: skip
    assert sum(isinstance(result, Cannot) for result in results) == 1
    assert len(rows(world, Closing, review_id=made.review)) == 1


def test_evidence_and_the_beginning_of_rating_meet_in_one_order(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    key = new_key()
    at_once(
        lambda: does(world, OFFICER, gathering.lay, review=made.review, key=key, **ITEM),
        lambda: does(world, LEAD, rating.begin, review=made.review),
    )
    [review] = rows(world, Review, id=made.review)
    laid = rows(world, Evidence, id=key)
    assert review.rating_since is not None
    assert not laid or laid[0].written_at <= review.rating_since + timedelta(seconds=5)


def test_whoever_cannot_finish_is_taken_off_and_the_matrix_opens(world: World) -> None:
    made = furnished.rating(world, world.people[AMIR])
    for name in (LEAD, PSYCHOLOGIST):
        does(world, name, rating.finish, review=made.review)
    does(world, LEAD, team.take_off, review=made.review, member=made.members[OFFICER])
    assert rows(world, Review, id=made.review)[0].matrix_since is not None


# ---- What is seen of it ----


def test_it_stands_on_the_person_page_with_the_support_first_until_it_fades(world: World) -> None:
    made = furnished.closed(world, world.people[AMIR])
    address = reverse("reflections:person", args=[made.person])
    page = world.client(LEAD).get(address).content.decode()
    assert "Least contradicted: A real change" in page
    assert page.index("A place in the kitchen.") < page.index("Least contradicted")
    world.owner.execute("alter table reviews_closing disable trigger user")
    world.owner.execute("update reviews_closing set next_on = current_date - 40,"
                        " fades_on = current_date - 12")  # fmt: skip
    page = world.client(LEAD).get(address).content.decode()
    assert "A real change" not in page
    page = world.client(LEAD).get(reverse("reviews:review", args=[made.review])).content.decode()
    assert "It went on with nobody looking." not in page
    assert "has faded" in page


def test_what_waits_stands_on_the_home_page(world: World) -> None:
    made = furnished.rating(world, world.people[AMIR])
    home = reverse("home")
    assert "waits for your rating" in world.client(OFFICER).get(home).content.decode()
    does(world, OFFICER, rating.finish, review=made.review)
    assert "waits for your rating" not in world.client(OFFICER).get(home).content.decode()


def test_the_probation_officer_reads_on_after_a_release(world: World) -> None:
    made = furnished.closed(world, world.people[AMIR])
    world.owner.execute(
        "update people_stay set ended_at = now(), ended_as = 'released', ended_by_id = %s"
        " where person_id = %s",
        [world.staff["head-of-unit"], made.person],
    )
    address = reverse("reviews:review", args=[made.review])
    assert "A real change" in world.client("probation-officer").get(address).content.decode()
    for name in (LEAD, OFFICER, PSYCHOLOGIST):
        assert world.client(name).get(address).status_code == 404, name


def test_no_page_before_the_matrix_shows_what_another_marked(world: World) -> None:
    made = furnished.rating(world, world.people[AMIR])
    furnished.mark(world, made, LEAD, made.items[0], genuine="strongly_against")
    for name in ("matrix", "close"):
        address = reverse(f"reviews:{name}", args=[made.review])
        assert world.client(LEAD).get(address).status_code == 404
    for name, shown in ((OFFICER, 0), (LEAD, 1)):
        page = world.client(name).get(reverse("reviews:rate", args=[made.review])).content.decode()
        assert page.count(" checked") == shown, name


def test_no_page_says_who_told_it(world: World) -> None:
    made = furnished.opened(world, world.people[AMIR])
    client = world.client(LEAD)
    for name, args in (("review", []), ("cell", ["effort", "work"]), ("matrix", []),
                       ("note", [made.items[1], made.explanations["genuine"]])):  # fmt: skip
        page = client.get(reverse(f"reviews:{name}", args=[made.review, *args])).content.decode()
        assert "Rang his sister." in page
        assert "His sister" not in page


# ---- Many ----


@pytest.mark.parametrize("name", ["review", "matrix", "cell"])
def test_more_items_cost_no_more_questions(world: World, name: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    made = furnished.opened(world, world.people[AMIR])
    args = [made.review, "effort", "work"] if name == "cell" else [made.review]
    client = world.client(LEAD)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as questions:
            assert client.get(reverse(f"reviews:{name}", args=args)).status_code == 200
        return len(questions)

    asked()
    once = asked()
    for at in range(40):
        furnished.item(world, made, world.staff[LEAD], words=f"Item {at}.",
                       dimension=("depth", "time")[at % 2])  # fmt: skip
    assert asked() == once


def test_on_the_timeline_fact_reading_and_own_words_stand_apart_and_it_can_be_contested(
    world: World,
) -> None:
    made = furnished.closed(world, world.people[AMIR])
    client = world.client("head-of-unit")
    page = client.get(reverse("reflections:person", args=[made.person])).content.decode()
    take = reverse("contests:take", args=["joint-review", made.review])
    assert take in page
    for voice, words in (("own", "I like it there."), ("reading", "It went on with nobody looking"),
                         ("fact", "A place in the kitchen.")):  # fmt: skip
        at = page.index("voice-" + voice)
        assert words in page[at:], voice
    said = {"key": new_key(), "words": "Ask the cook.", "language": "en", "given": "spoken"}
    assert client.post(take, said).status_code == 302
    held = world.owner.execute("select author_id, compartment from contests_contest").fetchone()
    assert held == (world.staff[LEAD], "casework")
