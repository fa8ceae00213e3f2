"""Eighty members of staff, their posts, their absences, and who is on duty."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from daybook.demo.world.chance import pick, stream
from daybook.demo.world.names import deal_names
from daybook.demo.world.places import UNITS
from daybook.demo.world.shapes import Post, Side, StaffMember

# (role, title, establishment); None is the whole service. The head of unit leads B wing.
OTHERS: tuple[tuple[str, str, int | None], ...] = (
    ("wing-officer", "Relief officer", 0),
    ("wing-officer", "Relief officer", 1),
    ("activity-staff", "Teacher", 0),
    ("activity-staff", "Workshop instructor", 0),
    ("activity-staff", "Sports instructor", 0),
    ("activity-staff", "Visits officer", 0),
    ("activity-staff", "Bakery instructor", 1),
    ("activity-staff", "Teacher", 1),
    ("head-of-unit", "Head of unit", 0),
    ("duty-manager", "Duty manager", 0),
    ("duty-manager", "Duty manager", 1),
    ("case-lead", "Case lead", 0),
    ("case-lead", "Case lead", 1),
    ("psychologist", "Psychologist", 0),
    ("psychologist", "Psychologist", 1),
    ("on-call-care", "Nurse on call", 0),
    ("chaplain", "Chaplain", 0),
    ("analyst", "Analyst", 0),
    ("source-custodian", "Source custodian", None),
    ("governor", "Governor", 0),
    ("governor", "Governor", 1),
    ("probation-officer", "Probation officer", None),
    ("probation-officer", "Probation officer", None),
    ("partner-worker", "Housing adviser", None),
    ("complaints-custodian", "Complaints custodian", None),
    ("training-unit", "Training and support", None),
    ("researcher", "Researcher", None),
    ("data-protection-officer", "Data-protection officer", None),
    ("oversight", "Member of the oversight body", None),
    ("administrator", "Administrator", None),
)

# Two weeks of twelve-hour sides: which side is on duty.
ROSTER: tuple[Side, ...] = ("A", "A", "B", "B", "A", "A", "A", "B", "B", "A", "A", "B", "B", "B")


def side_on(day: date) -> Side:
    return ROSTER[day.toordinal() % len(ROSTER)]


@dataclass(frozen=True, slots=True)
class Absence:
    """Days after the first day, both inclusive."""

    officer: int
    first: int
    last: int
    stand_in: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Duty:
    """Who works where: `unit` has shape (staff, day), -1 when not on a wing that day."""

    unit: NDArray[np.int32]
    absences: tuple[Absence, ...]
    relief: tuple[int, ...]  # staff ids


def make_staff(
    seed: int, first_day: date, days: int
) -> tuple[tuple[StaffMember, ...], tuple[Post, ...]]:
    rng = stream(seed, "staff")
    posts = _posts(rng, first_day, days)
    count = 1 + max(post.staff for post in posts)
    names, _banks = deal_names(rng, [bool(rng.random() < 0.45) for _ in range(count)])
    staff: list[StaffMember] = []
    taken: set[str] = set()
    numbers = rng.choice(9000, count, replace=False) + 1000
    for id, (given, family, _preferred) in enumerate(names):
        username = f"{_ascii(given)[0]}.{_ascii(family)}"
        while username in taken:
            username += "2"
        taken.add(username)
        staff.append(StaffMember(id, given, family, username, f"S{numbers[id]}"))
    return tuple(staff), posts


_NOT_DECOMPOSED = str.maketrans("łøđıæß", "lodias")


def _ascii(name: str) -> str:
    """Lower-case ASCII letters of a name, for a username."""
    stripped = name.lower().translate(_NOT_DECOMPOSED)
    letters = unicodedata.normalize("NFKD", stripped)
    return "".join(c for c in letters if c.isascii() and c.isalpha())


def _posts(rng: np.random.Generator, first_day: date, days: int) -> tuple[Post, ...]:
    posts: list[Post] = []
    staff = 0
    on_wing: list[tuple[int, int, Side]] = []
    for unit in UNITS:
        # As many on each side of the roster as a shift needs.
        for n in range(2 * unit.staff_needed):
            on_wing.append((staff, unit.id, "A" if n % 2 == 0 else "B"))
            staff += 1
    moving = _wing_swaps(rng, on_wing, days)
    for officer, home, side in on_wing:
        start = first_day - timedelta(days=int(rng.integers(200, 3000)))
        legs: list[tuple[int, date, date | None]] = [(home, start, None)]
        if officer in moving:
            day, target = moving[officer]
            change = first_day + timedelta(days=day)
            legs = [(home, start, change - timedelta(days=1)), (target, change, None)]
        for unit_id, begins, ends in legs:
            posts.append(
                Post(len(posts), officer, "personal-officer", "Personal officer",
                     UNITS[unit_id].establishment, unit_id, side, begins, ends)
            )  # fmt: skip
    for role, title, establishment in OTHERS:
        leads = 1 if role == "head-of-unit" else None
        start = first_day - timedelta(days=int(rng.integers(200, 3000)))
        posts.append(Post(len(posts), staff, role, title, establishment, leads, None, start, None))
        staff += 1
    return tuple(posts)


def _wing_swaps(
    rng: np.random.Generator, on_wing: list[tuple[int, int, Side]], days: int
) -> dict[int, tuple[int, int]]:
    """officer: (day, new unit). Four pairs change places, so that raters change too."""
    moving: dict[int, tuple[int, int]] = {}
    for a, b in ((0, 1), (1, 2), (0, 2), (4, 5)):
        side = pick(rng, ("A", "B"))
        day = int(rng.integers(days * 2 // 5, days * 7 // 10))
        for home, target in ((a, b), (b, a)):
            free = [o for o, unit, s in on_wing if (unit, s) == (home, side) and o not in moving]
            moving[pick(rng, free)] = (day, target)
    return moving


def make_duty(seed: int, posts: tuple[Post, ...], first_day: date, days: int) -> Duty:
    rng = stream(seed, "roster")
    count = 1 + max(post.staff for post in posts)
    unit = np.full((count, days), -1, dtype=np.int32)
    absent = np.zeros((count, days), dtype=np.bool_)
    sides: dict[int, Side] = {}
    home = np.full((count, days), -1, dtype=np.int32)
    for post in posts:
        if post.unit is None or post.side is None:
            continue
        sides[post.staff] = post.side
        first = max(0, (post.start - first_day).days)
        last = days if post.end is None else (post.end - first_day).days + 1
        home[post.staff, first:last] = post.unit
    blocks = _absences(rng, sorted(sides), days)
    for officer, start, end in blocks:
        absent[officer, start : end + 1] = True
    on_a = np.array([side_on(first_day + timedelta(days=d)) == "A" for d in range(days)])
    for officer, side in sides.items():
        working = (on_a if side == "A" else ~on_a) & ~absent[officer]
        unit[officer, working] = home[officer, working]
    relief = tuple(post.staff for post in posts if post.title == "Relief officer")
    for post in posts:
        if post.staff in relief:
            _send_relief(rng, unit, post.staff, post.establishment, days)
    return Duty(unit, _stand_ins(rng, blocks, sides, home, absent), relief)


def _absences(
    rng: np.random.Generator, officers: list[int], days: int
) -> list[tuple[int, int, int]]:
    """(officer, first day, last day), inclusive; about one day in nine."""
    blocks = []
    for officer in officers:
        day = int(rng.integers(0, 40))
        while day < days:
            length = pick(rng, (2, 3, 5, 7, 10, 14))
            blocks.append((officer, day, min(day + length, days) - 1))
            day += length + int(rng.integers(30, 80))
    return blocks


def _send_relief(
    rng: np.random.Generator,
    unit: NDArray[np.int32],
    officer: int,
    establishment: int | None,
    days: int,
) -> None:
    """Each working day to the wing of the establishment that lacks most."""
    wings = [u for u in UNITS if u.establishment == establishment]
    for day in range(days):
        if rng.random() < 0.3:
            continue
        lacking = [w.staff_needed - np.sum(unit[:, day] == w.id) for w in wings]
        unit[officer, day] = wings[int(np.argmax(lacking))].id


def _stand_ins(
    rng: np.random.Generator,
    blocks: list[tuple[int, int, int]],
    sides: dict[int, Side],
    home: NDArray[np.int32],
    absent: NDArray[np.bool_],
) -> tuple[Absence, ...]:
    """A colleague of the same wing and side for each absence, where one is there throughout."""
    absences = []
    for officer, start, end in blocks:
        mates = [
            mate
            for mate, side in sides.items()
            if side == sides[officer]
            and mate != officer
            and (home[mate, start : end + 1] == home[officer, start : end + 1]).all()
            and not absent[mate, start : end + 1].any()
        ]
        absences.append(Absence(officer, start, end, pick(rng, mates) if mates else None))
    return tuple(absences)
