"""A long list, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, from one page on; numbers begin with one."""

    rows: Sequence[T]
    number: int
    pages: int
    count: int

    @property
    def earlier(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def later(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def last(self) -> bool:
        return self.later is None

    def of(self, rows: Sequence[U]) -> "Page[U]":
        """The same page, of what its rows were made into."""
        return Page(rows, self.number, self.pages, self.count)


def paged(rows: Any, size: int, at: str) -> Page[Any]:
    """Cut ``rows``, a query or a list, into pages. What isn’t a page is the first one."""
    count = len(rows) if isinstance(rows, list) else rows.count()
    pages = max(1, -(-count // size))
    number = min(int(at), pages) if at.isascii() and at.isdigit() and 0 < len(at) < 7 else 1
    number = max(number, 1)
    return Page(list(rows[(number - 1) * size : number * size]), number, pages, count)
