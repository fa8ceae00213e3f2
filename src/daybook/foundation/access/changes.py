"""What differs between two tables of roles, cell by cell, and what of it widens reach. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from .roles import Reach

WITHIN = {
    Reach.NONE: set(Reach),
    Reach.UNIT: {Reach.ESTABLISHMENT, Reach.SERVICE},
    Reach.ANSWERING: {Reach.ESTABLISHMENT, Reach.SERVICE},
    Reach.ESTABLISHMENT: {Reach.SERVICE},
    Reach.CASE: {Reach.CASE_ACROSS, Reach.SERVICE},
    Reach.OWN: {Reach.SERVICE},
    Reach.CASE_ACROSS: {Reach.SERVICE},
}
"""Each reach, and those that hold everybody it holds."""


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What a role may do with one kind of record, about whom. No cell is no right."""

    role: str
    compartment: str
    reach: str
    reads: bool
    writes: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs; None where it was not there, or is not there any more."""

    role: str
    compartment: str
    before: Cell | None
    after: Cell | None

    @property
    def widens(self) -> bool:
        """Whether anybody reaches more by it than before."""
        return self.after is not None and _narrowed(self.before, self.after) != self.after


def fingerprint(cells: Iterable[Cell]) -> str:
    """The same for the same table, and for no other."""
    lines = [
        f"{cell.role}|{cell.compartment}|{cell.reach}|{cell.reads:d}{cell.writes:d}"
        for cell in sorted(cells)
    ]
    return sha256("\n".join(lines).encode()).hexdigest()


def differences(before: Iterable[Cell], after: Iterable[Cell]) -> list[Change]:
    """Every cell that is not the same, in the order of role and kind of record."""
    old = {(cell.role, cell.compartment): cell for cell in before}
    new = {(cell.role, cell.compartment): cell for cell in after}
    return [
        Change(*key, old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def without_widening(held: Iterable[Cell], shipped: Iterable[Cell]) -> set[Cell]:
    """What holds until the shipped table is approved: all that narrows, nothing that widens."""
    old = {(cell.role, cell.compartment): cell for cell in held}
    narrowed = (_narrowed(old.get((cell.role, cell.compartment)), cell) for cell in shipped)
    return {cell for cell in narrowed if cell is not None}


def _narrowed(held: Cell | None, shipped: Cell) -> Cell | None:
    """The smaller of both, where they can be compared; else what held, with no right added."""
    if held is None:
        return None
    reads, writes = held.reads and shipped.reads, held.writes and shipped.writes
    if not (reads or writes):
        return None
    smaller = Reach(held.reach) in WITHIN.get(Reach(shipped.reach), ())
    reach = shipped.reach if smaller else held.reach
    return Cell(shipped.role, shipped.compartment, reach, reads, writes)
