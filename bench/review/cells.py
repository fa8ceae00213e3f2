"""Under which conditions the tests of a daily record are asked whether they keep their word."""

from dataclasses import replace

from daybook.signals.record.invented import Wing

BASE = Wing()

NOTHING = {
    "base": BASE,
    "days on their own": replace(BASE, keeps=0.0),
    "days hang together, 0.6": replace(BASE, keeps=0.6),
    "habits of 1": replace(BASE, habit=1.0),
    "weather of 0.8": replace(BASE, weather=0.8),
    "three officers": replace(BASE, officers=3),
    "twelve people": replace(BASE, people=12),
    "written of one day in five": replace(BASE, seldom=80, there=15),
    "two months": replace(BASE, days=60, dates=2),
    "most at the end of the scale": replace(BASE, usual=4.6),
}
"""Nobody stands higher anywhere, and nobody is seen otherwise by one observer than by another."""

SIZES = {"settings": ("apart", (0.3, 0.5, 1.0)), "observers": ("observers", (0.2, 0.3, 0.5)),
         "before": ("before", (0.3, 0.5, 1.0))}  # fmt: skip
SOMETHING = {
    f"{test}: {size:.1f} steps": (test, replace(BASE, **{field: size}))
    for test, (field, sizes) in SIZES.items()
    for size in sizes
}
"""Two people in each wing of whom one thing is true, to so many steps, and the test for it."""
