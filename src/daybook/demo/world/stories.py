"""What happens inside people: usual levels, ordinary life, and a few lasting changes.

Nothing here sees a name, a language or an age.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from daybook.demo.world.chance import stream
from daybook.demo.world.columns import CHANNELS, CHIPS
from daybook.demo.world.shapes import PersonEvent, Stay, UnitDay
from daybook.demo.world.stays import NOWHERE, Whereabouts
from daybook.demo.world.truth import ChangeKind, PlantedChange

MOOD, TENSION, STAFF, OTHERS = range(len(CHANNELS))

# (mood, tension, staff, others) and for the better or not; tension 5 is wound up.
_SHAPES: tuple[tuple[ChangeKind, tuple[float, float, float, float], bool], ...] = (
    ("withdraws from others", (-0.5, 0.1, -0.2, -1.3), False),
    ("low spell", (-1.2, 0.2, -0.4, -0.5), False),
    ("wound up", (-0.4, 1.2, -0.4, 0.0), False),
    ("shuts out staff", (-0.2, 0.5, -1.3, 0.0), False),
    ("opens up", (0.4, -0.2, 1.2, 0.3), True),
    ("settles", (0.6, -1.2, 0.3, 0.2), True),
    ("joins in", (0.5, -0.1, 0.2, 1.2), True),
    ("brightens after a low spell", (1.0, -0.4, 0.4, 0.5), True),
)

# Chip (or none), how often a day, what it does at first, how much is left next day.
_ORDINARY: tuple[tuple[str, float, tuple[float, float, float, float], float], ...] = (
    ("refusal", 1 / 60, (-0.6, 0.6, -0.5, -0.1), 0.5),
    ("bad-news", 1 / 110, (-1.1, 0.4, -0.1, -0.6), 0.65),
    ("conflict", 1 / 90, (-0.4, 0.9, -0.2, -0.5), 0.5),
    ("health", 1 / 70, (-0.5, 0.1, 0.0, -0.4), 0.55),
    ("", 1 / 40, (0.8, -0.3, 0.4, 0.4), 0.6),
)
_LOW_BEFORE = np.array((-1.2, 0.3, -0.5, -0.6))
_VISIT = np.array((0.55, -0.2, 0.15, 0.1))
_NO_VISIT = np.array((-0.9, 0.5, -0.3, -0.3))
_COURT = np.array((-0.3, 0.6, 0.0, -0.2))
_MOVE = np.array((-0.4, 0.5, -0.3, -0.6))


@dataclass(frozen=True, slots=True, eq=False)
class Stories:
    """`usual` (person, channel), `level` (person, day, channel), `chips` (person, day) as bits."""

    usual: NDArray[np.float64]
    level: NDArray[np.float64]
    chips: NDArray[np.int16]
    changes: tuple[PlantedChange, ...]


def tell(
    seed: int,
    where: Whereabouts,
    events: tuple[PersonEvent, ...],
    stays: tuple[Stay, ...],
    unit_days: tuple[UnitDay, ...],
    first_day: date,
) -> Stories:
    rng = stream(seed, "stories")
    people, days = where.unit.shape
    usual = np.array((3.2, 2.3, 3.3, 3.2)) + rng.normal(0, 0.45, (people, 4))
    usual = np.clip(usual, 1.6, 4.4)
    changes = _plant(rng, where, usual)
    level = usual[:, None, :] + _wandering(rng, people, days)
    for change in changes:
        level[change.person, change.day :] += change.sizes
        if change.low_from is not None:
            level[change.person, change.low_from : change.day] += _LOW_BEFORE
    chips = np.zeros((people, days), dtype=np.int16)
    for day in unit_days:
        if day.hours_locked_down:
            d = (day.day - first_day).days
            chips[where.unit[:, d] == day.unit, d] |= _bit("regime-cut")
    _ordinary_life(rng, level, chips, where)
    for event in events:
        d = (event.at.day - first_day).days
        if d >= days or event.outcome == "planned":
            continue
        if event.kind == "visit":
            held = event.outcome == "held"
            chips[event.person, d] |= _bit("visit" if held else "no-visit")
            _mark(level, event.person, d, _VISIT if held else _NO_VISIT, 0.5)
        elif event.kind in ("court", "hearing") and event.outcome == "held":
            chips[event.person, d] |= _bit("court")
            # Waiting for it weighs more than having been there.
            level[event.person, max(0, d - 2) : d + 1] += _COURT
    for stay in stays:
        d = (stay.start.day - first_day).days
        if d >= 0 and stay.came != "cell move":
            chips[stay.person, d : d + 2] |= _bit("move")
            _mark(level, stay.person, d, _MOVE, 0.75)
    return Stories(usual, level, chips, changes)


def _wandering(rng: np.random.Generator, people: int, days: int) -> NDArray[np.float64]:
    """Day-to-day wandering around one's usual: AR(1), 0.4 from one day to the next."""
    phi, sd = 0.4, 0.35
    shocks = rng.normal(0, sd * np.sqrt(1 - phi**2), (people, days, 4))
    shocks[:, 0] /= np.sqrt(1 - phi**2)
    for day in range(1, days):
        shocks[:, day] += phi * shocks[:, day - 1]
    return shocks


def _plant(
    rng: np.random.Generator, where: Whereabouts, usual: NDArray[np.float64]
) -> tuple[PlantedChange, ...]:
    """Lasting changes for one person in ten, as many for the better as for the worse.

    Half of them lie in the last month, where the wing boards look.
    """
    people, days = where.unit.shape
    # Long enough here to have a usual, and still here to be seen afterwards.
    held = (where.unit != NOWHERE).sum(axis=1)
    there_now = where.unit[:, -1] != NOWHERE
    fit = [int(p) for p in rng.permutation(people) if there_now[p] and held[p] >= days * 0.7]
    changes = []
    for n, person in enumerate(fit[: round(people * 0.1)]):
        kind, sizes, better = _SHAPES[n % len(_SHAPES)]
        recent = rng.random() < 0.5
        low, high = (days - 30, days - 6) if recent else (days * 2 // 5, days - 30)
        day = int(rng.integers(low, max(low + 1, high)))
        low_from = None
        if kind == "brightens after a low spell":
            low_from = max(0, day - int(rng.integers(18, 30)))
        scale = float(rng.uniform(0.9, 1.2))
        shift = np.array(sizes) * scale
        # Somebody near an end of the scale could not move further: give room to move.
        room = np.clip(usual[person] + shift, 1.2, 4.8) - shift
        usual[person] = np.where(np.abs(shift) >= 0.9, room, usual[person])
        a, b, c, d = (float(round(s, 2)) for s in shift)
        changes.append(PlantedChange(person, kind, day, (a, b, c, d), better, low_from))
    return tuple(sorted(changes, key=lambda c: c.person))


def _ordinary_life(
    rng: np.random.Generator,
    level: NDArray[np.float64],
    chips: NDArray[np.int16],
    where: Whereabouts,
) -> None:
    held = where.unit != NOWHERE
    for chip, often, effect, left in _ORDINARY:
        happens = held & (rng.random(held.shape) < often)
        for person, day in np.argwhere(happens):
            strength = rng.uniform(0.6, 1.3)
            _mark(level, int(person), int(day), np.array(effect) * strength, left)
            if chip:
                chips[person, day] |= _bit(chip)


def _mark(
    level: NDArray[np.float64], person: int, day: int, effect: NDArray[np.float64], left: float
) -> None:
    """Add an effect that fades, for six days at most."""
    last = min(day + 6, level.shape[1])
    fading = left ** np.arange(last - day)
    level[person, day:last] += fading[:, None] * effect


def _bit(chip: str) -> np.int16:
    return np.int16(1 << CHIPS.index(chip))
