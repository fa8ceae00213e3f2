"""What the daily record can say to a review: read by Daybook itself, seen with the review."""

import re
from datetime import timedelta

import numpy as np
import pytest
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from daybook.foundation.access.clerk import at_the_desk
from daybook.understand.reviews import tasks
from daybook.understand.reviews.actions.opening import open_review
from daybook.understand.reviews.actions.record import read_record, reviews_to_read
from daybook.understand.reviews.queries.record import record_of
from tests.understand.reviews.furnished import LEAD, OFFICER, closed, gathering, read

pytestmark = pytest.mark.django_db(transaction=True)

AMIR = "Amir Kaya"
OFFICERS = ("wing-officer", "second", "third")


@pytest.fixture
def written(world):
    """Ten weeks of a wing: Amir stands a step and a half higher at work, others don't."""
    random = np.random.default_rng(5)
    for name in ("second", "third", "instructor"):
        world.add_staff(name, "wing-officer", unit="a")
    people = [AMIR, "Jonas Petit", *(f"Person{at} Test" for at in range(6))]
    for name in people[2:]:
        world.add_person(name, "a")
    today = timezone.localdate()
    for day in range(70):
        for name in people:
            if random.random() < 0.7:
                mark(world, random, name, str(random.choice(OFFICERS)), today, day, 0.0)
            if day % 7 < 5 and random.random() < 0.5:
                mark(world, random, name, "instructor", today, day, 1.5 if name == AMIR else 0.0)
    world.add_reflection(
        AMIR, "wing-officer", day=today, form="quick", difference="as-usual", setting="wing"
    )
    return world


def mark(world, random, name, rater, today, day, more):
    step = 2.8 + more + 0.6 * random.standard_normal() - (rater == "second")
    world.add_reflection(
        name, rater, day=today - timedelta(days=day),
        setting="work" if rater == "instructor" else "wing",
        steps={"mood": int(np.clip(np.rint(step), 1, 5))},
    )  # fmt: skip


def read_now(made):
    with transaction.atomic(), at_the_desk() as clerk:
        for review, person, dates in reviews_to_read():
            if review == made.review:
                read_record(
                    by=clerk, review=review, person=person, dates=dates, today=timezone.localdate()
                )


def kept(world):
    return world.owner.execute(
        "select asked, setting, silent, value, low, high, by_chance, wing_people"
        " from reviews_recordreading where channel_id = (select id from reflections_channel"
        " where key = 'mood') order by asked, setting"
    ).fetchall()


def test_a_difference_between_settings_is_read_beside_the_wing(written):
    made = gathering(written, written.people[AMIR])
    read_now(made)
    answers = {(asked, setting): rest for asked, setting, *rest in kept(written)}
    silent, value, low, high, by_chance, wing = answers["settings", "work"]
    assert silent == ""
    assert low <= value <= high
    assert 0.8 < value < 2.2
    assert by_chance < 1
    assert wing == 7
    assert answers["settings", "visit"][0] == "too-little"
    assert answers["before", ""][0] == "too-little"


def test_the_page_says_it_in_words_and_names_nobody_who_wrote(written):
    made = gathering(written, written.people[AMIR])
    read_now(made)
    with written.viewing(LEAD) as viewer:
        page = render_to_string(
            "reviews/record.html", {"record": record_of(made.review, viewer=viewer)}
        )
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "These sentences describe records, not the person." in text
    assert "1 of " in text
    assert "two touches: contact and as usual, nothing else." in text
    assert "Mood. Work: about" in text
    assert "higher in the record. Chance alone would show as much in fewer than 1 of 100." in text
    assert "The same for 7 others of the wing" in text
    assert "a single one decides nothing" in text
    assert not re.search(r"deceit|decei|lie[sd]? to|false|façade|Instructor|Second|Third", text)


def test_hearings_and_earlier_next_looks_are_the_days_before_which_it_looks(written):
    person, today = written.people[AMIR], timezone.localdate()
    for weeks in (2, 5):
        written.insert(
            "people_keydate", person_id=person, kind="hearing", on=today - timedelta(weeks=weeks)
        )
    made = gathering(written, person)
    with transaction.atomic(), at_the_desk():
        dates = {review: dates for review, _person, dates in reviews_to_read()}
    assert sorted(dates[made.review]) == [today - timedelta(weeks=5), today - timedelta(weeks=2)]
    read_now(made)
    asked = {(row[0], row[1]): row for row in kept(written)}
    assert asked["before", ""][2] == ""
    assert asked["before", ""][7] == 7


def test_what_is_contested_withdrawn_or_struck_is_left_out(written):
    made = gathering(written, written.people[AMIR])
    read_now(made)
    before = kept(written)
    written.owner.execute("alter table reflections_reflection disable trigger user")
    written.owner.execute("alter table reflections_rating disable trigger user")
    written.owner.execute(
        "update reflections_reflection set withdrawn_at = now() where person_id = %s"
        " and setting = 'work'",
        [written.people[AMIR]],
    )
    written.owner.execute(
        "update reflections_rating r set counts = false from reflections_reflection f"
        " where f.id = r.reflection_id and f.withdrawn_at is not null"
    )
    read_now(made)
    after = {(row[0], row[1]): row for row in kept(written)}
    assert after["settings", "work"][2:4] == ("too-little", None)
    assert before != kept(written)


def test_reading_twice_is_reading_once_and_is_logged(written):
    made = gathering(written, written.people[AMIR])
    tasks.read_one_record(review=str(made.review))
    first = kept(written)
    tasks.read_records()
    assert kept(written) == first
    logged = written.owner.execute(
        "select kind, record from audit_entry where subject = 'daily record read for a joint"
        " review'"
    ).fetchall()
    assert logged == [("combination", str(made.review))] * 2


def test_opening_a_review_asks_for_a_reading_soon(world):
    from daybook.foundation.registry.keys import new_key

    key = new_key()
    with world.viewing(LEAD) as viewer:
        open_review(
            by=viewer, key=key, person_id=world.people[AMIR], question="Will it last?", part=LEAD
        )
    jobs = world.owner.execute(
        "select args ->> 'review' from procrastinate_jobs where task_name like %s",
        ["%read_one_record"],
    ).fetchall()
    assert jobs == [(str(key),)]


# ---- Walls ----


def test_a_review_that_ended_keeps_what_it_was_told(written):
    made = closed(written, written.people[AMIR])
    before = kept(written)
    tasks.read_records()
    assert kept(written) == before
    assert made.review not in {row[0] for row in _to_read("clerk", written)}


def _to_read(name, world):
    with world.viewing(name), connection.cursor() as cursor:
        cursor.execute("select review from daybook.reviews_to_read()")
        return cursor.fetchall()


def test_only_daybook_asks_which_reviews_to_read_and_only_it_writes(world):
    made = gathering(world, world.people[AMIR])
    assert {name for name in world.staff if _to_read(name, world)} == {"clerk"}
    statement = (
        "insert into reviews_recordquality (id, review_id, person_id, since, until, entries,"
        " two_touches, days, longest_gap, observers, settings, one_value, made_at) values"
        " (gen_random_uuid(), %s, %s, now(), now(), 1, 1, 1, 1, 1, 1, '{}', now())"
    )
    for name in world.staff:
        if name == "clerk":
            continue
        with pytest.raises(DatabaseError), world.viewing(name), connection.cursor() as cursor:
            cursor.execute(statement, [made.review, made.person])


def test_whoever_sees_the_review_sees_the_reading_and_nobody_else(world):
    made = gathering(world, world.people[AMIR])
    read(world, made)
    for name in (LEAD, OFFICER, "oversight"):
        with world.viewing(name) as viewer:
            assert record_of(made.review, viewer=viewer).questions
    for name in ("b-officer", "analyst", "training-unit"):
        with world.viewing(name) as viewer:
            assert not record_of(made.review, viewer=viewer).questions


def test_before_it_was_read_the_page_says_so(world):
    made = gathering(world, world.people[AMIR])
    with world.viewing(LEAD) as viewer:
        page = render_to_string(
            "reviews/record.html", {"record": record_of(made.review, viewer=viewer)}
        )
    assert "hasn’t been read yet" in page
