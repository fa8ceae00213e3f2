"""What is written each day in the fictional service: in bounds, varied, and true to its story."""

from collections import Counter
from dataclasses import fields
from datetime import timedelta

import numpy as np

from daybook.demo.world import World
from daybook.demo.world.columns import (
    CANT_TELL,
    CHANNELS,
    CHIPS,
    CONTACTS,
    DIFFERENCES,
    FORMS,
    LEANINGS,
    SETTINGS,
    chip_names,
)
from daybook.demo.world.staff import side_on


def test_reflections_stay_within_their_words_and_the_day(world: World) -> None:
    r = world.reflections
    assert {len(getattr(r, f.name)) for f in fields(r) if f.name != "texts"} == {len(r)}
    for column, words in (
        (r.form, FORMS),
        (r.setting, SETTINGS),
        (r.contact, CONTACTS),
        (r.difference, DIFFERENCES),
        (r.leaning, LEANINGS),
    ):
        assert column.min() >= 0
        assert column.max() < len(words)
        assert len(np.unique(column)) == len(words)
    assert set(np.unique(r.ratings)) == {CANT_TELL, 0, 1, 2, 3, 4, 5}
    assert set(np.unique(r.own_mark)) == {0, 1, 2, 3, 4, 5}
    assert set(np.unique(r.of_what)) == {-1, *range(len(CHANNELS))}
    assert r.chips.min() >= 0
    assert r.chips.max() < 1 << len(CHIPS)
    assert {name for bits in r.chips for name in chip_names(int(bits))} == set(CHIPS)
    assert r.day.min() == 0
    assert r.day.max() == 199
    assert r.minute.min() >= 7 * 60
    assert r.minute.max() < 21 * 60
    last_day = r.day == 199
    assert r.minute[last_day].max() <= world.now.minute
    order = r.day.astype(int) * 1440 + r.minute
    assert (np.diff(order) >= 0).all()
    for texts in (r.seen_heard, r.reading, r.own_words, r.did, r.opened):
        assert texts.min() == 0
        assert texts.max() < len(r.texts)


def test_who_was_not_seen_is_not_rated(world: World) -> None:
    r = world.reflections
    not_seen = r.contact == CONTACTS.index("not-seen")
    assert not_seen.any()
    assert not r.ratings[not_seen].any()
    assert not r.difference[not_seen].any()
    assert not r.chips[not_seen].any()
    assert not r.own_words[not_seen].any()


def test_only_a_difference_has_a_direction(world: World) -> None:
    r = world.reflections
    different = np.isin(r.difference, (2, 3))
    assert not r.leaning[~different].any()
    assert not r.more_or_less[~different].any()
    assert ((r.more_or_less == 0) == (r.of_what == -1)).all()


def test_reflections_are_written_where_the_person_lives(world: World) -> None:
    r = world.reflections
    on = np.full((240, 200), -1)
    for stay in world.stays:
        first = max(0, (stay.start.day - world.first_day).days)
        last = 199 if stay.end is None else (stay.end.day - world.first_day).days
        on[stay.person, first : last + 1] = stay.unit
    inside = r.unit >= 0
    assert (on[r.person[inside], r.day[inside]] == r.unit[inside]).all()
    assert set(np.unique(r.setting[~inside])) == {SETTINGS.index("community")}


def test_full_forms_come_from_the_side_on_duty(world: World) -> None:
    r = world.reflections
    side = {(post.staff, post.side) for post in world.posts if post.side}
    for row in np.flatnonzero(r.form == 0)[::50]:
        day = world.first_day + timedelta(days=int(r.day[row]))
        assert (int(r.author[row]), side_on(day)) in side


def test_weekends_are_thinner(world: World) -> None:
    r = world.reflections
    weekday = np.array([(world.first_day + timedelta(days=d)).weekday() for d in range(199)])
    per_day = np.bincount(r.day, minlength=200)[:199]
    assert per_day[weekday >= 5].mean() < 0.75 * per_day[weekday < 5].mean()


def test_days_without_entry_are_normal(world: World) -> None:
    r = world.reflections
    written = set(zip(r.person.tolist(), r.day.tolist(), strict=True))
    held = [stay.person for stay in world.stays if stay.end is None]
    held = [p for p in held if (p, 0) in written or (p, 1) in written]
    share = np.mean([(p, d) in written for p in held for d in range(199)])
    assert 0.6 < share < 0.9


def test_good_days_are_written_about_as_often_as_bad_ones(world: World) -> None:
    leaning = Counter(LEANINGS[i] for i in world.reflections.leaning)
    assert 0.7 < leaning["good"] / leaning["worries"] < 1.4


# --- What only the maker knows


def test_lasting_changes_go_both_ways(world: World) -> None:
    changes = world.truth.changes
    assert len(changes) == 24
    assert sum(change.for_the_better for change in changes) == 12
    assert any(change.low_from is not None for change in changes)
    assert len({change.person for change in changes}) == 24


def test_planted_changes_can_be_seen_in_what_officers_wrote(world: World) -> None:
    r, truth = world.reflections, world.truth
    inside = r.unit >= 0
    for change in truth.changes:
        channel = int(np.argmax(np.abs(change.sizes)))
        mine = (r.person == change.person) & inside & (r.ratings[:, channel] > 0)
        clean = (
            r.ratings[mine, channel]
            - truth.habits[r.author[mine], channel]
            - truth.weather[r.unit[mine], r.day[mine], channel]
        )
        day = r.day[mine]
        before = clean[day < (change.low_from or change.day)]
        after = clean[day >= change.day]
        assert len(before) >= 15
        if len(after) >= 10:
            step = (after.mean() - before.mean()) / change.sizes[channel]
            assert 0.4 < step < 1.6, change


def test_raters_have_habits_and_wings_have_weather(world: World) -> None:
    assert 0.3 < world.truth.habits.std() < 0.7
    locked = np.zeros((6, 200), dtype=bool)
    for day in world.unit_days:
        locked[day.unit, (day.day - world.first_day).days] = day.hours_locked_down >= 2
    mood = world.truth.weather[:, :, 0]
    assert mood[locked].mean() < mood[~locked].mean() - 0.3
