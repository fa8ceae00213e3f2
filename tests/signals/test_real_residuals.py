"""The promise on moods and habits that no simulator drew: a diary's days, and real raters.

Moods are pieces of one real person's diary before their lasting change (Kossakowski et al.
2017), habits and what is left those of students' ratings of lecturers (`InstEval`). Only the
calendar, the weather and the people's levels are invented.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from daybook.signals import Parameters, Ratings, change

DATA = next(
    (
        folder / "shared" / "data"
        for folder in Path(__file__).parents
        if (folder / "shared" / "data").exists()
    ),
    Path("shared/data"),
)
DIARY = DATA / "daily_mood_one_person_239_days.csv"
LECTURES = DATA / "crossed_ratings_insteval.csv"
ITEMS = ("Relaxed", "Down", "Irritated", "Satisfied", "Lonely", "Anxious", "Enthusiastic",
         "Cheerful", "Guilty", "Strong", "Restless", "Agitated")  # fmt: skip
STEADY_DAYS, PIECE = 125, 25

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (DIARY.exists() and LECTURES.exists()), reason="the public data lie beside the checkout"
    ),
]


def real_moods():
    """Day means of each item over the steady days, standardised, shape (items, days)."""
    days = {}
    with DIARY.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            days.setdefault(row["date"], []).append(row)
    series = []
    for item in ITEMS:
        cells = [[float(r[item]) for r in rows if r[item] != "NA"] for rows in days.values()]
        means = np.array([np.mean(c) for c in cells[:STEADY_DAYS] if c])
        series.append((means - means.mean()) / means.std())
    shortest = min(each.size for each in series)
    return np.array([each[:shortest] for each in series])


def real_raters():
    """Habits of lecturers with many ratings, and what is left, each standardised."""
    with LECTURES.open(encoding="utf-8") as file:
        rows = [(int(row["d"]), float(row["y"])) for row in csv.DictReader(file)]
    lecturer, y = np.array(rows).T
    _, code, count = np.unique(lecturer, return_inverse=True, return_counts=True)
    mean = np.bincount(code, y) / count
    left = (y - mean[code])[count[code] >= 50]
    habits = mean[count >= 50]
    return (habits - habits.mean()) / habits.std(), left / left.std()


def service(seed, moods, habits, left, *, wings=3, people=40, days=150, raters=8):
    rng = np.random.default_rng(seed)
    everybody = wings * people
    pieces = -(-days // PIECE)
    item = rng.integers(0, len(moods), everybody)
    start = rng.integers(0, moods.shape[1] - PIECE, (everybody, pieces))
    mood = moods[item[:, None, None], start[:, :, None] + np.arange(PIECE)].reshape(everybody, -1)
    level = 3 + 0.5 * rng.standard_normal(everybody)
    person, day = (a.ravel() for a in np.nonzero(rng.random((everybody, days)) > 0.15))
    wing = person // people
    rater = wing * raters + rng.integers(0, raters, person.size)
    habit = 0.6 * rng.choice(habits, wings * raters)
    weather = 0.4 * rng.standard_normal((wings, days))
    x = level[person] + 0.65 * mood[person, day] + habit[rater] + weather[wing, day]
    value = np.clip(np.rint(x + 0.25 * rng.choice(left, person.size)), 1, 5)
    return Ratings(value=value, day=day + 1, person=person, rater=rater, unit=wing)


def test_on_real_moods_and_real_raters_few_are_named():
    moods, (habits, left) = real_moods(), real_raters()
    named = []
    for seed in range(2):
        found = change(service(seed, moods, habits, left), Parameters(replays=2000))
        named += [bool(answer.alarms) for answer in found.answers.values()]
    print(f"named on real residuals: {100 * np.mean(named):.1f} % of {len(named)}")  # noqa: T201
    assert np.mean(named) <= 0.10
