"""Services whose moods, habits and rests no simulator drew: a real diary's, and real raters'.

Moods are pieces of one real person's diary before their lasting change (Kossakowski et al.
2017), habits and what is left those of students' ratings of lecturers (`InstEval`). Only the
calendar, the weather, people's levels and the planted changes are invented.
"""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from daybook.signals import Ratings
from daybook.signals.simulate import Service, Simulated

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
MANY = 50


def here() -> bool:
    """Do the public data lie beside the checkout?"""
    return DIARY.exists() and LECTURES.exists()


@cache
def moods() -> NDArray[np.float64]:
    """Day means of each item over the steady days, standardised, shape (items, days)."""
    days: dict[str, list[dict[str, str]]] = {}
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


@cache
def raters() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Habits of lecturers with many ratings, and what is left, each standardised."""
    with LECTURES.open(encoding="utf-8") as file:
        rows = [(int(row["d"]), float(row["y"])) for row in csv.DictReader(file)]
    lecturer, y = np.array(rows).T
    _, code, count = np.unique(lecturer, return_inverse=True, return_counts=True)
    mean = np.bincount(code, y) / count
    left = (y - mean[code])[count[code] >= MANY]
    habits = mean[count >= MANY]
    return (habits - habits.mean()) / habits.std(), left / left.std()


def simulate(service: Service, seed: int) -> Simulated:
    """A service with the sizes of `service`, and real moods, habits and rests."""
    mood, (habits, left) = moods(), raters()
    rng = np.random.default_rng(seed)
    everybody = service.wings * service.people
    pieces = -(-service.days // PIECE)
    item = rng.integers(0, len(mood), everybody)
    start = rng.integers(0, mood.shape[1] - PIECE, (everybody, pieces))
    own = mood[item[:, None, None], start[:, :, None] + np.arange(PIECE)].reshape(everybody, -1)
    level = service.usual + service.between_people * rng.standard_normal(everybody)
    shift: Any = np.zeros(everybody)
    changing = rng.permutation(everybody)[: round(service.changed * everybody)]
    shift[changing] = np.where(np.arange(changing.size) % 2 == 0, 1, -1) * service.change
    seen = rng.random((everybody, service.days)) > service.missing
    person, day = (a.ravel() for a in np.nonzero(seen))
    wing = person // service.people
    rater = wing * service.raters + rng.integers(0, service.raters, person.size)
    habit = service.severity * rng.choice(habits, service.wings * service.raters)
    weather = service.weather * rng.standard_normal((service.wings, service.days))
    x = level[person] + service.own_day * own[person, day] + habit[rater] + weather[wing, day]
    x += shift[person] * (day + 1 >= service.change_day)
    value = np.clip(np.rint(x + service.rating * rng.choice(left, person.size)), 1, 5)
    return Simulated(
        Ratings(value=value, day=day + 1, person=person, rater=rater, unit=wing), shift
    )
