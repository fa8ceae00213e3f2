"""Two establishments, six wings, their cells."""

import math

import numpy as np

from daybook.demo.world.shapes import Cell, Establishment, Unit

ESTABLISHMENTS = (
    Establishment(0, "Harrow Weir Prison", "harrow-weir"),
    Establishment(1, "Saltmarsh House", "saltmarsh"),
)

UNITS = (
    Unit(0, 0, "A wing", "A", 6, "Arrivals and people on remand. Unlock 7:45, association at six.",
         6.5, False),
    Unit(1, 0, "B wing", "B", 5, "Long sentences. Workshops all day, kitchen on the landing.",
         8.0, False),
    Unit(2, 0, "C wing", "C", 4, "Education wing. Classes in the morning, sport in the afternoon.",
         8.0, False),
    Unit(3, 0, "D wing", "D", 3,
         "Women. Work and classes mixed, a garden, family room on Saturdays.", 8.5, True),
    Unit(4, 1, "E wing", "E", 4, "General wing. Farm and bakery, exercise before lunch.",
         9.0, False),
    Unit(5, 1, "F wing", "F", 3, "Last months before release. Keys to own rooms, work outside.",
         11.0, False),
)  # fmt: skip

MEN_UNITS = tuple(unit.id for unit in UNITS if not unit.for_women)
WOMEN_UNITS = tuple(unit.id for unit in UNITS if unit.for_women)

# Share of everyone in the service who lives on each wing, by unit id.
SHARES = (0.25, 0.20, 0.17, 0.11, 0.16, 0.11)


def build_cells(rng: np.random.Generator, people: int) -> tuple[Cell, ...]:
    """Cells with about one place a person of the service: a quarter stay empty."""
    cells: list[Cell] = []
    for unit, share in zip(UNITS, SHARES, strict=True):
        # A small service still needs room for an uneven day.
        places = math.ceil(share * people) + 3
        landing, number = 1, 0
        while places > 0:
            room_for = min(places, 2 if rng.random() < 0.3 else 1)
            number += 1
            if number > 22:
                landing, number = landing + 1, 1
            name = f"{unit.letter}{landing}-{number:02d}"
            cells.append(Cell(len(cells), unit.id, name, landing, room_for))
            places -= room_for
    return tuple(cells)
