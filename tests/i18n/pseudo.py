"""Two languages nobody speaks, which show what a real translation would stumble over.

``en-xa`` is English with accents, a third longer, in brackets: text without brackets never
passed gettext. ``ar-xb`` is English that runs from right to left, word by word. Both are made
while a page is rendered; there are no catalogues to keep.
"""

import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import trans_real

ACCENTED, MIRRORED = "en-xa", "ar-xb"
LANGUAGES = [("en", "English"), (ACCENTED, "Ëñglïsh"), (MIRRORED, "Mirrored")]
OPEN, SHUT = "⟦", "⟧"
RIGHT_TO_LEFT, AND_BACK = "\u202e", "\u202c"
LONGER = 0.35

ACCENTS = str.maketrans("aceginorsuyzACEGINORSUYZ", "áçéĝíñöŕšüýžÁÇÉĜÍÑÖŔŠÜÝŽ")
KEPT = re.compile(r"%\(\w+\)[-#0 +]*[\d.]*[sdfr]|%[sdr%]|\{[^{}]*\}|<[^>]*>|&#?\w+;")
"""Places that values fill, markup, and entities: whatever the language, these stay."""
CONTEXT = "\x04"


def accented(message: str) -> str:
    """Sign in → ⟦Šíĝñ íñ ···⟧."""
    text = _between_places(message, lambda words: words.translate(ACCENTS))
    return f"{OPEN}{text} {'·' * round(LONGER * len(KEPT.sub('', message)))}{SHUT}"


def mirrored(message: str) -> str:
    """Each word between marks that turn it round."""

    def turn(words: str) -> str:
        return re.sub(r"\w+", lambda word: RIGHT_TO_LEFT + word.group() + AND_BACK, words)

    return f"{OPEN}{_between_places(message, turn)}{SHUT}"


def _between_places(message: str, change: Callable[[str], str]) -> str:
    words, places = KEPT.split(message), KEPT.findall(message)
    return "".join(change(text) + place for text, place in zip(words, [*places, ""], strict=True))


class Pseudo(trans_real.DjangoTranslation):
    """A language whose every translation is made from the English."""

    def __init__(self, language: str, change: Callable[[str], str]) -> None:
        super().__init__(language)
        self.change = change

    def gettext(self, message: str) -> str:
        context, _, plain = message.rpartition(CONTEXT)
        # Patterns of dates are for a program to read.
        return plain if context.startswith("date format") else self.change(plain)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)


def speak(settings: Any, folder: Path) -> None:
    """Let Django know both languages, for as long as the ``settings`` of a test last."""
    for code in (ACCENTED, MIRRORED):
        language, _, country = code.partition("-")
        place = folder / f"{language}_{country.upper()}" / "LC_MESSAGES"
        place.mkdir(parents=True)
        # A catalogue without messages: Django knows a language by its file.
        (place / "django.mo").write_bytes(struct.pack("<7I", 0x950412DE, 0, 0, 28, 28, 0, 28))
    settings.LANGUAGES = LANGUAGES
    settings.LOCALE_PATHS = [folder]
    trans_real._translations = {
        ACCENTED: Pseudo(ACCENTED, accented),
        MIRRORED: Pseudo(MIRRORED, mirrored),
    }
