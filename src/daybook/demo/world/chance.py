"""Seeded chance, one stream a subject."""

import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def stream(seed: int, subject: str) -> np.random.Generator:
    """A generator of its own for each subject.

    Adding draws to one subject then leaves every other subject as it was, and
    names cannot influence stories, because they never share a stream.
    """
    return np.random.default_rng([seed, zlib.crc32(subject.encode())])


def pick(rng: np.random.Generator, choices: Sequence[T]) -> T:
    return choices[int(rng.integers(len(choices)))]


def pick_some(rng: np.random.Generator, choices: Sequence[T], count: int) -> tuple[T, ...]:
    """`count` different choices, fewer if there are not so many."""
    order = rng.permutation(len(choices))[:count]
    return tuple(choices[int(i)] for i in order)
