"""What is known after a day, kept so that the next days need not begin at the first.

A filter never looks back, so what it knows after a day is all that later days need of it. Kept
beside it is the digest of everything that it followed from: a rating that came late, was
corrected or struck, another scale or another version give another digest, and then all is
computed from the first day on. So what was kept can save work, and can't change an answer.
"""

import io
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np

from daybook.signals import wing
from daybook.signals.arrays import Rows, Told
from daybook.signals.errors import StateUnreadable
from daybook.signals.ratings import Floats, Folded

FORMAT = 1


class Shown(NamedTuple):
    """What answers are read from, of each entry: `Told`, less what only the filter needs."""

    adjusted: Floats
    usual: Floats
    weather: Floats
    evidence: Floats
    climbed: Floats


@dataclass(frozen=True, eq=False)
class Settled:
    """The filters after `day`, and what its entries showed; `fitted` is what charts go on with.

    `until`: the last day of the newest fit. `alarms`: position, direction and onset of each
    entry on which a chart spoke, shape (k, 3).
    """

    digest: str
    day: int
    until: int
    fitted: bytes
    state: bytes
    shown: Shown
    alarms: np.ndarray[tuple[int, int], np.dtype[np.int64]]

    def to_bytes(self) -> bytes:
        """Exact, in numpy's own format and without objects: safe to read anywhere."""
        buffer = io.BytesIO()
        np.savez(
            buffer,
            format=FORMAT,
            digest=self.digest,
            days=[self.day, self.until],
            fitted=np.frombuffer(self.fitted, dtype=np.uint8),
            state=np.frombuffer(self.state, dtype=np.uint8),
            shown=np.stack(self.shown),
            alarms=self.alarms,
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Settled":
        """Raises StateUnreadable where another version, or nothing of ours, wrote it."""
        try:
            with np.load(io.BytesIO(kept), allow_pickle=False) as file:
                if int(file["format"]) != FORMAT:
                    raise StateUnreadable
                day, until = file["days"].tolist()
                fitted, state = file["fitted"].tobytes(), file["state"].tobytes()
                shown = Shown(*file["shown"])
                return cls(str(file["digest"]), day, until, fitted, state, shown, file["alarms"])
        except (ValueError, KeyError, OSError, EOFError, TypeError, BadZipFile) as error:
            raise StateUnreadable from error

    def put_back(self, told: Told, climbed: Floats) -> None:
        """Tell again what the settled entries, the first of all, showed."""
        entries = self.shown.adjusted.size
        for name in ("adjusted", "usual", "weather", "evidence"):
            getattr(told, name)[:entries] = getattr(self.shown, name)
        climbed[:entries] = self.shown.climbed
        position, direction, onset = self.alarms.T
        told.alarm[position], told.onset[position] = direction, onset


def settle(
    digest: str,
    until: int,
    fitted: bytes,
    state: wing.State,
    told: Told,
    climbed: Floats,
    entries: int,
) -> Settled:
    """Keep what is known after the first so many entries, the last that `state` has taken in."""
    spoke = np.flatnonzero(told.alarm[:entries])
    return Settled(
        digest,
        state.day,
        until,
        fitted,
        state.to_bytes(),
        Shown(
            *(column[:entries] for column in (told.adjusted, told.usual)),
            *(column[:entries] for column in (told.weather, told.evidence, climbed)),
        ),
        np.stack([spoke, told.alarm[spoke], told.onset[spoke]], axis=1).astype(np.int64),
    )


def digest_of(folded: Folded, rows: Rows, said: object) -> str:
    """Of entries as they are filtered, by the names they came with, and all else that was `said`.

    Names and not codes: somebody new among the people moves the codes of the others.
    """
    names = {"person": folded.people, "wing": folded.units, "rater": folded.raters}
    told = sha256(repr((FORMAT, said)).encode())
    for name, column in rows._asdict().items():
        if name == "entry":
            continue
        named = names.get(name)
        kept = column if named is None or named.size == 0 else named[column]
        told.update(np.ascontiguousarray(kept).tobytes())
    return told.hexdigest()
