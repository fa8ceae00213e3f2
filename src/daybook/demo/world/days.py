"""Each unit's own days, and the weather they make for everyone on it."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from daybook.demo.world.chance import pick, stream
from daybook.demo.world.places import UNITS
from daybook.demo.world.shapes import UnitDay
from daybook.demo.world.staff import Duty

LOCK_DOWNS = (
    "Too few staff after the hospital escorts.",
    "Search of the workshop; everyone behind the door until it was done.",
    "Staff training in the afternoon.",
    "Power cut on the landing, doors by hand.",
    "Fire drill that took longer than planned.",
    "Water off on two landings.",
    "A fight on the yard; unlock by landings for the rest of the day.",
)
INCIDENTS = (
    "Argument at the servery, settled by two officers talking.",
    "Fight on the yard, both seen by the nurse.",
    "Kitchen fire alarm, landing cleared and back in forty minutes.",
    "Window broken on the second landing.",
    "Somebody taken to hospital in the night; the landing heard it.",
    "Shouting between landings until after ten.",
    "Washing machine flooded the ground floor.",
)
EVENTS = (
    "Football, landing against landing.",
    "Library brought new books round.",
    "Concert by the music group in the gym.",
    "Open evening of the workshop.",
    "Chess afternoon with visitors from the town.",
    "Certificates given out in the education room.",
    "New phones on the landing.",
    "Family day on the sports field.",
    "Garden opened for the season.",
    "Council of the wing met with the head of unit.",
)
FEASTS = (
    "Shared meal cooked on the landing.",
    "Public holiday; late unlock, long lunch.",
    "New Year's supper, everyone at one table.",
    "Midsummer barbecue on the yard.",
    "Harvest lunch from the farm.",
    "Spring feast, cakes from the bakery.",
)

# Steps of mood, tension, contact with staff, contact with others.
_LOCK_DOWN = np.array((-0.55, 0.5, -0.25, -0.35))
_INCIDENT = np.array((-0.3, 0.55, -0.15, -0.25))
_EVENT = np.array((0.25, -0.1, 0.15, 0.3))
_FEAST = np.array((0.45, -0.2, 0.2, 0.4))
_SHORT_STAFF = np.array((-0.1, 0.1, -0.2, 0.0))


def make_days(
    seed: int, duty: Duty, first_day: date, days: int
) -> tuple[tuple[UnitDay, ...], NDArray[np.float64]]:
    """Unit days in order of unit, then day; and weather of shape (unit, day, channel)."""
    rng = stream(seed, "unit days")
    written = []
    # Some of yesterday's weather is left in the morning.
    weather = np.zeros((len(UNITS), days, 4))
    own = rng.normal(0, 0.2, (len(UNITS), days, 4))
    own[:, :, 1] = -0.6 * own[:, :, 0] + 0.8 * own[:, :, 1]
    for unit in UNITS:
        for d in range(days):
            day = _one_day(rng, duty, unit.id, first_day + timedelta(days=d), d)
            written.append(day)
            weather[unit.id, d] = own[unit.id, d] + _effect(day)
            if d:
                weather[unit.id, d] += 0.2 * weather[unit.id, d - 1]
    return tuple(written), weather


def _one_day(rng: np.random.Generator, duty: Duty, unit: int, day: date, d: int) -> UnitDay:
    wing = UNITS[unit]
    needed = wing.staff_needed
    present = min(int(np.sum(duty.unit[:, d] == unit)), needed + 1)
    weekend = day.weekday() >= 5
    short = present < needed - 1
    incident = pick(rng, INCIDENTS) if rng.random() < 0.03 else ""
    locked = 0.0
    reason = ""
    if rng.random() < (0.12 if short else 0.025):
        locked = float(rng.integers(2, 10)) / 2
        # The reason for short staff is the first; the others fit any day.
        reason = LOCK_DOWNS[0] if short else pick(rng, LOCK_DOWNS[1:6])
    if incident == INCIDENTS[1]:
        locked, reason = max(locked, 3.0), LOCK_DOWNS[6]
    event = pick(rng, EVENTS) if rng.random() < (0.08 if weekend else 0.04) else ""
    feast = pick(rng, FEASTS) if rng.random() < 0.012 else ""
    usual = wing.usual_hours_out - (1.5 if weekend else 0.0)
    hours_out = max(1.0, usual - locked - (0.5 if short else 0.0))
    return UnitDay(unit, day, needed, present, hours_out, locked, reason, incident, event, feast)


def _effect(day: UnitDay) -> NDArray[np.float64]:
    effect = np.zeros(4)
    if day.hours_locked_down:
        effect += _LOCK_DOWN * min(1.0, day.hours_locked_down / 3)
    if day.incident:
        effect += _INCIDENT
    if day.event:
        effect += _EVENT
    if day.feast:
        effect += _FEAST
    if day.staff_present < day.staff_needed - 1:
        effect += _SHORT_STAFF
    return effect
