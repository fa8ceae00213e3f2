"""The conditions: services in which nobody changes, and the same with a fifth changing."""

from dataclasses import dataclass, replace

from daybook.signals.simulate import ROW_5, Service

BASE = replace(ROW_5, days=150)


@dataclass(frozen=True)
class Cell:
    """`told`: does the promise speak of it? The others show where it ends."""

    name: str
    service: Service
    told: bool = True


NOBODY = [
    Cell("base", BASE),
    Cell("residual AR 0", replace(BASE, autocorrelation=0.0)),
    Cell("residual AR 0.6", replace(BASE, autocorrelation=0.6)),
    Cell("drift 0.05 + one officer 97 %", replace(BASE, drift=0.05, share=0.97)),
    Cell("2 raters + 97 %", replace(BASE, raters=2, share=0.97)),
    Cell("40 % missing", replace(BASE, missing=0.4)),
    Cell("half of ratings at the ceiling", replace(BASE, usual=4.4)),
    Cell(
        "all at once",
        replace(BASE, autocorrelation=0.6, drift=0.05, share=0.97, missing=0.4, usual=4.4),
    ),
    Cell("no habits, no weather", replace(BASE, severity=0.0, weather=0.0, wing_shift=0.0)),
    Cell("a weekly wave of 0.4 of one's own", replace(BASE, weekly=0.4), told=False),
    Cell("raters stretch the scale (SD 0.3)", replace(BASE, stretch=0.3), told=False),
    Cell("levels wander by 0.03 a day", replace(BASE, wander=0.03), told=False),
    Cell("low days are missing twice as often", replace(BASE, shy=1.0), told=False),
]
CHANGING = [
    replace(cell, name=f"20 % change: {cell.name}", service=replace(cell.service, changed=0.2))
    for cell in NOBODY
    if cell.name
    in {
        "base",
        "residual AR 0.6",
        "drift 0.05 + one officer 97 %",
        "all at once",
        "no habits, no weather",
    }
]
CELLS = [*NOBODY, *CHANGING]
