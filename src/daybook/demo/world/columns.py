"""Reflections as columns: tens of thousands of rows would cost too much as objects."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A rating is 1..5; these two are not ratings.
LEFT_OUT = 0
CANT_TELL = -1

CHANNELS = ("mood", "tension", "with_staff", "with_others")
SETTINGS = ("wing", "work", "education", "exercise", "visit", "escort", "community")
CONTACTS = ("not-seen", "seen", "words", "talk", "real-talk")
# The first entry of each is "the officer did not answer".
DIFFERENCES = ("", "as-usual", "a-little", "clearly", "dont-know")
LEANINGS = ("", "good", "worries", "cant-tell")
CHIPS = (
    "visit",
    "no-visit",
    "court",
    "refusal",
    "bad-news",
    "move",
    "regime-cut",
    "conflict",
    "health",
)
FORMS = ("full", "quick", "short")


@dataclass(frozen=True, slots=True, eq=False)
class Reflections:
    """One row a reflection, in order of `day`, then `minute`; all columns of one length.

    `ratings` has shape (rows, 4), columns as CHANNELS, values 1..5, LEFT_OUT or
    CANT_TELL. Tension 5 is wound up; 5 is bright, open and joins in elsewhere.
    Text columns are indices into `texts`; 0 is the empty text.
    """

    person: NDArray[np.int32]
    author: NDArray[np.int32]  # staff id
    unit: NDArray[np.int32]  # where the person lived that day, -1 in the community
    day: NDArray[np.int32]  # days after World.first_day
    minute: NDArray[np.int32]  # of saving, local, after midnight
    form: NDArray[np.int8]  # index in FORMS
    setting: NDArray[np.int8]  # index in SETTINGS
    contact: NDArray[np.int8]  # index in CONTACTS
    ratings: NDArray[np.int8]
    difference: NDArray[np.int8]  # index in DIFFERENCES
    more_or_less: NDArray[np.int8]  # +1 more, -1 less, 0 not said
    of_what: NDArray[np.int8]  # index in CHANNELS, -1 not said
    leaning: NDArray[np.int8]  # index in LEANINGS
    chips: NDArray[np.int16]  # bit i set: CHIPS[i]
    own_mark: NDArray[np.int8]  # the person's own mood mark 1..5, or LEFT_OUT
    seen_heard: NDArray[np.int32]
    reading: NDArray[np.int32]
    own_words: NDArray[np.int32]
    did: NDArray[np.int32]
    opened: NDArray[np.int32]
    texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.person)


def chip_names(bits: int) -> tuple[str, ...]:
    """The context chips of one row."""
    return tuple(chip for i, chip in enumerate(CHIPS) if bits >> i & 1)
