"""Words on a page that never passed gettext."""

import re
from html.parser import HTMLParser

from .pseudo import ACCENTED, MIRRORED, OPEN, SHUT

SPOKEN = ("aria-label", "aria-description", "title", "placeholder", "alt", "data-restored",
          "data-discard")  # fmt: skip
SILENT = {"script", "style"}
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
WORD = re.compile(r"[A-Za-z]{2,}")


class BareWords(HTMLParser):
    """Collects what stands outside the brackets, in text and in attributes that are read.

    Parts that name a language of their own are left out: they are read to somebody in it.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._depth = 0
        self._silent = 0
        self._foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._foreign or given.get("lang", ACCENTED) not in (ACCENTED, MIRRORED):
            self._foreign += [tag] if tag not in VOID else []
            return
        self._silent += tag in SILENT
        spoken = [given[name] for name in SPOKEN if name in given]
        if tag == "input" and given.get("type") in ("submit", "button"):
            spoken.append(given.get("value", ""))
        for words in spoken:
            self.found += _outside(words, 0)[0]

    def handle_endtag(self, tag: str) -> None:
        if self._foreign:
            self._foreign.pop()
            return
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._foreign:
            bare, self._depth = _outside(data, self._depth)
            self.found += bare


def bare_words(html: str) -> list[str]:
    """Every piece of Latin text outside the brackets of the pseudo-language."""
    reader = BareWords()
    reader.feed(html)
    reader.close()
    return reader.found


def _outside(text: str, depth: int) -> tuple[list[str], int]:
    """What stands outside, and how many brackets are still open: markup may divide a message."""
    bare = []
    for piece in re.split(f"([{OPEN}{SHUT}])", text):
        if piece == OPEN:
            depth += 1
        elif piece == SHUT:
            depth -= 1
        elif depth == 0 and WORD.search(piece):
            bare.append(" ".join(piece.split()))
    return bare, depth
