"""Faith and identity are no category, filter or trigger here, and nothing makes levels one."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from daybook.observe import information
from daybook.observe.information import vocabulary
from tests.security.doors import named_urls

HOME = Path(information.__file__).parent
BELIEF = re.compile(
    r"relig|faith|belie[fv]|convert|conversion|pray|mosque|church|islam|muslim|christ|jew|hindu|"
    r"beard|scarf|veil|\bdress|diet|halal|kosher|fast(ing)?\b|ramadan|language|accent|ethnic|"
    r"national|origin\b|tribe|race\b|political|opinion|ideolog|radical|extrem",
    re.IGNORECASE,
)
ONE_NUMBER = re.compile(
    r"score|rank|average|mean\b|total|weight|percent|colou?r|sum\b", re.IGNORECASE
)


def vocabularies() -> list[tuple[str, str]]:
    return [
        (f"{name}.{value}", str(label))
        for name, kind in vars(vocabulary).items()
        if isinstance(kind, type) and issubclass(kind, models.TextChoices)
        for value, label in kind.choices
    ]


def test_no_word_that_can_be_chosen_is_about_who_somebody_is_or_what_they_believe():
    assert len(vocabularies()) > 50
    assert [each for each in vocabularies() if BELIEF.search(" ".join(each))] == []


def test_no_column_holds_it_either():
    columns = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("information").get_models()
        for field in model._meta.concrete_fields
    ]
    assert len(columns) > 100
    assert [each for each in columns if BELIEF.search(each)] == []


@pytest.mark.parametrize("path", sorted(HOME.glob("*.sql")), ids=lambda path: path.name)
def test_no_question_to_the_database_adds_averages_or_orders_levels(path: Path):
    code = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    for line in code.splitlines():
        if re.search(r"capability|intent|engagement|meant_for|from_others|influence", line):
            assert not re.search(r"order by|count|sum|avg|case|>|<", line), line


def test_no_address_makes_a_number_or_a_list_of_writers():
    names = [name for name in named_urls() if name.startswith("information:")]
    assert len(names) > 20
    assert [name for name in names if ONE_NUMBER.search(name) or "writer" in name] == []


def test_nothing_reads_the_text_to_guess_what_it_is_about():
    """What a report is about is what its writer chose and confirmed."""
    for path in HOME.rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        assert "import re\n" not in code, path
        assert not re.search(r"in (row|said|form)\W+(fact|words|assessment)", code), path
