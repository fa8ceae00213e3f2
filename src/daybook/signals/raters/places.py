"""Where blocks of ratings lie and are asked: on this machine's cores, unless told otherwise."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import numpy as np

from daybook.signals.columns import Integers
from daybook.signals.raters.blocks import Block, Rows, cut, edges
from daybook.signals.raters.system import Blocks


class Place(Protocol):
    """Takes ratings, cuts them into blocks, and lets those be asked."""

    def hold(self, rows: Rows, levels: int) -> AbstractContextManager[Blocks]: ...


class Here:
    """This process: one thread a core, as the compiled loops leave Python's lock."""

    @contextmanager
    def hold(self, rows: Rows, levels: int) -> Iterator[Blocks]:
        counts = np.bincount(rows.inner, minlength=levels)
        spans = edges(counts)
        with ThreadPoolExecutor(min(len(spans), os.cpu_count() or 1)) as threads:
            blocks = _all_cut(rows, counts, spans, threads)
            # The blocks hold what is needed of them, and there may be fifty million.
            del rows
            yield _Threads(blocks, threads)


def _all_cut(
    rows: Rows, counts: Integers, spans: list[tuple[int, int]], threads: Executor
) -> list[Block]:
    return list(threads.map(lambda span: cut(rows, counts[slice(*span)], *span), spans))


class _Threads:
    def __init__(self, blocks: list[Block], threads: Executor) -> None:
        self._blocks, self._threads = blocks, threads

    def ask(self, question: Callable[..., Any], *more: Any) -> Sequence[Any]:
        if len(self._blocks) == 1:
            return [question(self._blocks[0], *more)]
        return list(self._threads.map(lambda block: question(block, *more), self._blocks))
