"""The glossary. Open to everyone: it tells of nobody."""

from dataclasses import dataclass

from django.utils.translation import gettext

from .models import Term


@dataclass(frozen=True, slots=True)
class Entry:
    """One term, in the reader's language where the shipped words are translated."""

    key: str
    staff_words: str
    person_words: str
    meaning: str


def glossary() -> list[Entry]:
    """Every term, by how staff say it."""
    rows = Term.objects.values_list("key", "staff_words", "person_words", "meaning")
    entries = [Entry(key, *(gettext(words) for words in said)) for key, *said in rows]
    return sorted(entries, key=lambda entry: entry.staff_words.casefold())
