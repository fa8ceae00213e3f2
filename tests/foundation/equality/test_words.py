"""A service asks in words of its own; what can't be followed is told of when it starts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from daybook.foundation.equality import vocabulary

GOOD = """
mother-tongue:
  name: first language
  asks: Which language did you learn first?
  groups: {frisian: Frisian, other: another one}
"""


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Iterator[Path]:
    file = tmp_path / "equality.yaml"
    settings.EQUALITY_WORDS = str(file)
    vocabulary.characteristics.cache_clear()
    yield file
    vocabulary.characteristics.cache_clear()


def test_words_of_a_service_take_the_place_of_ours(file: Path) -> None:
    file.write_text(GOOD)
    (asked,) = vocabulary.characteristics()
    assert (asked.key, asked.asks) == ("mother-tongue", "Which language did you learn first?")
    assert asked.groups == {"frisian": "Frisian", "other": "another one"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (GOOD.replace("frisian:", "Frisian:"), "is no key"),
        (GOOD.replace("frisian:", "unsaid:"), "is no key"),
        (GOOD.replace(", other: another one", ""), "give two or more"),
        (GOOD.replace("asks:", "question:"), "asks: is missing"),
        (GOOD.replace("Frisian,", f"{'x' * 130},"), "120 characters"),
        ("- a list", "holds no keys"),
    ],
)
def test_words_that_cannot_be_followed_are_told_of(file: Path, words: str, told: str) -> None:
    file.write_text(words)
    with pytest.raises(ImproperlyConfigured, match=told):
        vocabulary.characteristics()


def test_a_file_that_is_not_there_is_told_of(file: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="DAYBOOK_EQUALITY"):
        vocabulary.characteristics()


def test_every_word_we_ship_fits_its_column() -> None:
    asked = vocabulary.SHIPPED
    assert len({each.key for each in asked}) == len(asked)
    for each in asked:
        assert all(vocabulary.KEY.fullmatch(key) for key in (each.key, *each.groups))
        assert vocabulary.UNSAID not in each.groups
