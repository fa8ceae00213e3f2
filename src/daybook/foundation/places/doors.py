"""What stands on the doors of a unit: names one by one, or first..last."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from daybook.foundation.registry.cannot import Cannot

MOST = 500
_RANGE = re.compile(r"(?P<stem>.*?)(?P<first>\d+)\.\.(?P<again>.*?)(?P<last>\d+)")


def names_of_cells(written: Iterable[str]) -> list[str]:
    """``["A-08..A-10", "A-21"]`` is A-08, A-09, A-10, A-21. Each name once, in that order.

    Raises ``Cannot`` for a range that can't be counted and for more than 500 names.
    """
    names = list(dict.fromkeys(name for words in written for name in _each(words.strip())))
    if not names or "" in names:
        raise Cannot(_("Name at least one cell, as in A-01, or several as in A-01..A-20."))
    if len(names) > MOST or max(map(len, names)) > 40:
        raise Cannot(
            _("At most {most} cells at a time, with names of at most 40 letters.").format(most=MOST)
        )
    return names


def _each(words: str) -> Iterator[str]:
    if ".." not in words:
        yield words
        return
    found = _RANGE.fullmatch(words)
    if found is None or found["again"] not in ("", found["stem"]):
        raise Cannot(_("{words} is not a range like A-01..A-20.").format(words=words))
    first, last, width = int(found["first"]), int(found["last"]), len(found["first"])
    if not first <= last < first + MOST:
        raise Cannot(_("{words} does not count upwards by less than 500.").format(words=words))
    for number in range(first, last + 1):
        yield f"{found['stem']}{number:0{width}d}"
