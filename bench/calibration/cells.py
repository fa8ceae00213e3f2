"""The conditions under which charts are held to their promise, and those beyond it."""

from dataclasses import dataclass, replace

from daybook.signals.simulate import ROW_5, Service

BASE = replace(ROW_5, days=150)
QUIET = {"severity": 0.0, "weather": 0.0, "wing_shift": 0.0, "drift": 0.0}
HARD = {"autocorrelation": 0.6, "drift": 0.05, "share": 0.97, "missing": 0.4, "usual": 4.4}


@dataclass(frozen=True)
class Cell:
    """`goal`: per cent that must be found. `told`: does the promise speak of it?

    `plain`: charts are not given who rated and where. `channels` charts of one person, of which
    `moving` show the change. `real`: moods, habits and rests cut from public data.
    """

    name: str
    service: Service
    told: bool = True
    goal: float | None = None
    baseline_days: int = 30
    plain: bool = False
    channels: int = 1
    moving: int = 1
    real: bool = False


CONDITIONS = {
    "base": BASE,
    "residual AR 0": replace(BASE, autocorrelation=0.0),
    "residual AR 0.6": replace(BASE, autocorrelation=0.6),
    "drift 0.05": replace(BASE, drift=0.05),
    "drift 0.05 + one officer 97 %": replace(BASE, drift=0.05, share=0.97),
    "2 raters + 97 %": replace(BASE, raters=2, share=0.97),
    "40 % missing": replace(BASE, missing=0.4),
    "half of ratings at the ceiling": replace(BASE, usual=4.4),
    "all at once": replace(BASE, **HARD),
    "no habits, no weather": replace(BASE, **QUIET),
}
NOBODY = [
    *(Cell(name, service) for name, service in CONDITIONS.items()),
    Cell("a baseline of 60 days", replace(BASE, days=180), baseline_days=60),
]
BEYOND = [
    Cell("5 wings of 20", replace(BASE, wings=5, people=20), told=False),
    Cell("a weekly wave of 0.4 of one's own", replace(BASE, weekly=0.4), told=False),
    Cell("raters stretch the scale (SD 0.3)", replace(BASE, stretch=0.3), told=False),
    Cell("low days are missing twice as often", replace(BASE, shy=1.0), told=False),
    Cell("levels wander by 0.01 a day", replace(BASE, wander=0.01), told=False),
    Cell("levels wander by 0.03 a day", replace(BASE, wander=0.03), told=False),
    Cell("real moods, raters and rests", BASE, told=False, real=True),
]
GOALS = {
    "base": 84,
    "residual AR 0.6": 50,
    "drift 0.05 + one officer 97 %": 60,
    "half of ratings at the ceiling": None,
    "all at once": 40,
    "no habits, no weather": None,
}


def _changing(cell: Cell, name: str) -> Cell:
    return replace(cell, name=name, service=replace(cell.service, changed=0.2))


CHANGING = [
    _changing(Cell(name, CONDITIONS[name], goal=goal), f"20 % change: {name}")
    for name, goal in GOALS.items()
]
REAL = _changing(BEYOND[-1], "20 % change: real moods, raters and rests")
# Ratings as if habits and weather had been known and taken off, before they were written down.
KNOWN = [
    _changing(
        Cell(name, replace(CONDITIONS[name], **QUIET), told=False, plain=True),
        f"effects known: {name}",
    )
    for name in ("base", "residual AR 0.6", "all at once")
]
FIVE = [
    _changing(Cell("five", BASE, channels=5, moving=moving, goal=goal), name)
    for moving, goal, name in (
        (5, 90, "five channels, all of which change"),
        (2, None, "five channels, two of which change"),
    )
]
CELLS = [*NOBODY, *CHANGING, *FIVE, *KNOWN, *BEYOND, REAL]
