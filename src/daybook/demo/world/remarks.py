"""Chooses the words of each reflection from the bank, by what the day was like."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from daybook.demo.world.chance import pick, stream
from daybook.demo.world.columns import CHANNELS, SETTINGS, chip_names
from daybook.demo.world.voice import TextPool, Voice
from daybook.demo.world.words_said import DID, OWN_WORDS, READING
from daybook.demo.world.words_seen import FROM_AFAR, MORE, NOT_SEEN, SEEN
from daybook.demo.world.writing import ACTIVITY, FULL, PROBATION, QUICK, WING, Rows

# How often something is written at all, by form.
_WRITTEN = {FULL: 0.5, QUICK: 0.1, ACTIVITY: 0.5, PROBATION: 0.95}

# Channel and direction: the bank of facts, and the mood of reading and own words.
_BANKS = {
    (0, 1): ("good", "good"),
    (0, -1): ("low", "low"),
    (1, 1): ("tense", "tense"),
    (1, -1): ("good", "good"),
    (2, 1): ("open", "good"),
    (2, -1): ("shut", "tense"),
    (3, 1): ("joins", "good"),
    (3, -1): ("alone", "low"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Remarks:
    """Text columns as numbers into `texts`."""

    seen_heard: NDArray[np.int32]
    reading: NDArray[np.int32]
    own_words: NDArray[np.int32]
    did: NDArray[np.int32]
    opened: NDArray[np.int32]
    texts: tuple[str, ...]


def write_texts(
    seed: int,
    rows: Rows,
    contact: NDArray[np.int8],
    difference: NDArray[np.int8],
    chips: NDArray[np.int16],
    off: NDArray[np.float64],
    mood: NDArray[np.float64],
    voices: tuple[Voice, ...],
) -> Remarks:
    rng = stream(seed, "remarks")
    count = len(contact)
    pool = TextPool()
    columns = np.zeros((5, count), dtype=np.int32)
    different = (difference == 2) | (difference == 3)
    often = np.array([_WRITTEN[f] for f in sorted(_WRITTEN)])[rows.form]
    often = np.where(contact == 0, 0.3, often + 0.3 * different + 0.2 * (chips > 0))
    draws = rng.random((count, 4))
    talked = contact >= 3
    full = (rows.form == FULL) | (rows.form == PROBATION)
    for row in np.flatnonzero(draws[:, 0] < often):
        voice = voices[rows.person[row]]
        if contact[row] == 0:
            columns[0, row] = pool.number(voice.say(rng, pick(rng, NOT_SEEN)))
            continue
        bank, tone = _what_kind_of_day(rng, off[row], mood[row])
        fact = pick(rng, _facts(rng, bank, rows.setting[row], chips[row], contact[row]))
        if talked[row] and rng.random() < 0.4:
            fact = f"{fact} {pick(rng, MORE)}"
        columns[0, row] = pool.number(voice.say(rng, fact))
        if draws[row, 1] < 0.35 + 0.2 * different[row]:
            bank_of_readings = _reading_bank(int(difference[row]), tone, float(off[row, 0]))
            columns[1, row] = pool.number(voice.say(rng, pick(rng, READING[bank_of_readings])))
        if talked[row] and draws[row, 2] < 0.3:
            columns[2, row] = pool.number(pick(rng, OWN_WORDS[tone]))
        if talked[row] and full[row] and draws[row, 3] < 0.3 + 0.2 * different[row]:
            for column, text in zip((3, 4), pick(rng, DID[tone]), strict=True):
                columns[column, row] = pool.number(voice.say(rng, text))
    seen_heard, reading, own_words, did, opened = columns
    return Remarks(seen_heard, reading, own_words, did, opened, pool.texts())


def _what_kind_of_day(
    rng: np.random.Generator, off: NDArray[np.float64], mood: float
) -> tuple[str, str]:
    """(bank of facts, tone), from what differs most, or from how the person usually is."""
    biggest = int(np.argmax(np.abs(off)))
    if abs(off[biggest]) > 0.8:
        return _BANKS[biggest % len(CHANNELS), 1 if off[biggest] > 0 else -1]
    if mood > 3.5 and rng.random() < 0.5:
        return "good", "good"
    if mood < 2.5 and rng.random() < 0.4:
        return "low", "low"
    return "usual", "usual"


def _facts(
    rng: np.random.Generator, bank: str, setting: int, chips: int, contact: int
) -> tuple[str, ...]:
    if setting != WING:
        bank = SETTINGS[setting]
    elif chips and rng.random() < 0.65:
        bank = pick(rng, chip_names(chips))
    elif bank == "open" and contact < 3:
        bank = "good"  # nobody opens up in passing
    if contact == 1:
        return FROM_AFAR[bank] or FROM_AFAR["usual"]
    return SEEN[bank]


def _reading_bank(difference: int, tone: str, mood_off: float) -> str:
    if difference == 4:
        return "can't tell"
    if tone == "good" and mood_off > 1.2:
        return "better than before"
    return tone
