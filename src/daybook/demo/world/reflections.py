"""What each reflection says: ratings with each rater's habit, answers, chips, texts.

All columns but the texts are drawn at once, tens of thousands of rows together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from daybook.demo.world.chance import stream
from daybook.demo.world.columns import CANT_TELL, CHIPS, LEFT_OUT, Reflections
from daybook.demo.world.remarks import write_texts
from daybook.demo.world.stories import Stories
from daybook.demo.world.voice import Voice
from daybook.demo.world.writing import ACTIVITY, FULL, PROBATION, QUICK, Rows

HABIT_SD = 0.5
NOISE_SD = 0.4
NOT_SEEN, SEEN_ONLY, FEW_WORDS, CONVERSATION, REAL_TALK = range(5)

# Chance of each depth of contact, by form.
_CONTACT = {
    FULL: (0.03, 0.07, 0.25, 0.45, 0.20),
    QUICK: (0.09, 0.29, 0.47, 0.14, 0.01),
    ACTIVITY: (0.02, 0.05, 0.38, 0.45, 0.10),
    PROBATION: (0.00, 0.00, 0.10, 0.50, 0.40),
}
# Chance that the channels are rated at all; a quick round is often two touches.
_RATED = {FULL: 0.9, QUICK: 0.4, ACTIVITY: 0.7, PROBATION: 0.95}
_CHIPPED = {FULL: 0.75, QUICK: 0.35, ACTIVITY: 0.3, PROBATION: 0.3}

# A step that a colleague would notice.
_A_LITTLE, _CLEARLY = 1.0, 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Felt:
    """How far from the person's own usual each row's day was: (rows, channel), in steps."""

    off: NDArray[np.float64]
    mood: NDArray[np.float64]


def draw_habits(seed: int, staff: int) -> NDArray[np.float64]:
    """Each rater's lasting habit per channel, partly shared across channels."""
    rng = stream(seed, "habits")
    shared = rng.normal(0, 0.6 * HABIT_SD, (staff, 1))
    habits = rng.normal(0, 0.8 * HABIT_SD, (staff, 4)) + shared * np.array((1, -1, 1, 1))
    return np.asarray(np.clip(habits, -1.2, 1.2))


def write_reflections(
    seed: int,
    rows: Rows,
    stories: Stories,
    weather: NDArray[np.float64],
    habits: NDArray[np.float64],
    since: NDArray[np.int32],
    relief: tuple[int, ...],
    voices: tuple[Voice, ...],
) -> Reflections:
    rng = stream(seed, "reflections")
    count = len(rows.person)
    level = stories.level[rows.person, rows.day]
    outside = rows.unit < 0
    shared = np.where(outside[:, None], 0.0, weather[rows.unit, rows.day])
    contact = _by_form(rng, rows.form, _CONTACT)
    ratings = _rate(rng, rows, contact, level + shared + habits[rows.author])
    felt = Felt(
        level
        + 0.3 * shared
        - _seen_as_usual(stories)[rows.person, rows.day]
        + rng.normal(0, 0.25, (count, 4)),
        level[:, 0],
    )
    stranger = np.isin(rows.author, relief) * 0.45 + (since[rows.person, rows.day] < 7) * 0.35
    stranger = np.where(outside, 0.0, stranger)
    difference = _difference(rng, rows, contact, felt, stranger)
    different = (difference == 2) | (difference == 3)
    told_how = different & (rng.random(count) < 0.8)
    biggest = np.abs(felt.off).argmax(axis=1)
    direction = np.sign(felt.off[np.arange(count), biggest]).astype(np.int8)
    chips = _chips(rng, rows, contact, stories)
    # Most people mark how they are now and then; every seventh likes to be asked.
    asked = np.where(rows.person % 7 == 5, 0.6, 0.12)
    own_mark = np.where(
        (rows.form == FULL) & (contact >= CONVERSATION) & (rng.random(count) < asked),
        _whole_steps(level[:, 0] + rng.normal(0, 0.6, count)),
        LEFT_OUT,
    )
    remarks = write_texts(seed, rows, contact, difference, chips, felt.off, felt.mood, voices)
    return Reflections(
        person=rows.person,
        author=rows.author,
        unit=rows.unit,
        day=rows.day,
        minute=rows.minute,
        form=np.minimum(rows.form, ACTIVITY),
        setting=rows.setting,
        contact=contact,
        ratings=ratings,
        difference=difference,
        more_or_less=np.where(told_how, direction, 0).astype(np.int8),
        of_what=np.where(told_how, biggest, -1).astype(np.int8),
        leaning=_leaning(rng, different, biggest, direction),
        chips=chips,
        own_mark=own_mark.astype(np.int8),
        seen_heard=remarks.seen_heard,
        reading=remarks.reading,
        own_words=remarks.own_words,
        did=remarks.did,
        opened=remarks.opened,
        texts=remarks.texts,
    )


def _by_form(
    rng: np.random.Generator, form: NDArray[np.int8], chances: Mapping[int, tuple[float, ...]]
) -> NDArray[np.int8]:
    edges = np.array([np.cumsum(chances[f]) for f in sorted(chances)])
    draw = rng.random(len(form)) * edges[form, -1]
    return np.asarray((draw[:, None] >= edges[form]).sum(axis=1), dtype=np.int8)


def _whole_steps(values: NDArray[np.float64]) -> NDArray[np.int8]:
    return np.clip(np.rint(values), 1, 5).astype(np.int8)


def _rate(
    rng: np.random.Generator, rows: Rows, contact: NDArray[np.int8], true: NDArray[np.float64]
) -> NDArray[np.int8]:
    count = len(true)
    ratings = _whole_steps(true + rng.normal(0, NOISE_SD, (count, 4)))
    # Somebody only seen from afar shows little of how they are with staff.
    unsure = np.where(contact == SEEN_ONLY, 0.25, 0.04)[:, None] * np.array((1.0, 1.0, 1.6, 1.2))
    ratings[rng.random((count, 4)) < unsure] = CANT_TELL
    rated = rng.random(count) < np.array([_RATED[f] for f in sorted(_RATED)])[rows.form]
    ratings[~rated | (contact == NOT_SEEN)] = LEFT_OUT
    # The quick round seldom reaches the last two channels.
    short = (rows.form == QUICK) & (rng.random(count) < 0.5)
    ratings[short, 2:] = LEFT_OUT
    return ratings


def _seen_as_usual(stories: Stories) -> NDArray[np.float64]:
    """What staff have come to take as usual: it follows the person, over weeks."""
    seen = np.empty_like(stories.level)
    now = stories.usual.copy()
    for day in range(stories.level.shape[1]):
        seen[:, day] = now
        now += 0.02 * (stories.level[:, day] - now)
    return seen


def _difference(
    rng: np.random.Generator,
    rows: Rows,
    contact: NDArray[np.int8],
    felt: Felt,
    stranger: NDArray[np.float64],
) -> NDArray[np.int8]:
    count = len(contact)
    most = np.abs(felt.off).max(axis=1)
    # Little contact shows little; only the clear cases remain.
    most = most - np.where(contact == SEEN_ONLY, 0.4, 0.0)
    answer = 1 + (most > _A_LITTLE).astype(np.int8) + (most > _CLEARLY).astype(np.int8)
    answer = np.where(rng.random(count) < stranger + 0.01, 4, answer)
    silent = rng.random(count) < np.where(rows.form == ACTIVITY, 0.2, 0.04)
    return np.where(silent | (contact == NOT_SEEN), 0, answer).astype(np.int8)


def _leaning(
    rng: np.random.Generator,
    different: NDArray[np.bool_],
    biggest: NDArray[np.intp],
    direction: NDArray[np.int8],
) -> NDArray[np.int8]:
    """1 good for them, 2 worries me, 3 can't tell; more tension is not better."""
    better = np.where(biggest == 1, direction < 0, direction > 0)
    sure = rng.random(len(different)) < np.where(better, 0.78, 0.68)
    answer = np.where(sure, np.where(better, 1, 2), 3)
    answered = different & (rng.random(len(different)) < 0.85)
    return np.where(answered, answer, 0).astype(np.int8)


def _chips(
    rng: np.random.Generator, rows: Rows, contact: NDArray[np.int8], stories: Stories
) -> NDArray[np.int16]:
    known = np.array([_CHIPPED[f] for f in sorted(_CHIPPED)])[rows.form]
    told = rng.random((len(rows.person), len(CHIPS))) < known[:, None]
    mask = (told * (1 << np.arange(len(CHIPS)))).sum(axis=1)
    chips = stories.chips[rows.person, rows.day] & mask
    return np.where(contact == NOT_SEEN, 0, chips).astype(np.int16)
