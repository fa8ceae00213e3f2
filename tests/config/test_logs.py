"""The service's own log tells nothing of anyone."""

import io
import json
import logging
import logging.config

import psycopg
import pytest
from django.test import RequestFactory
from django.urls import resolve

from daybook.config import logs


@pytest.fixture
def said():
    """What is written by the shipped formatter, line by line."""
    shipped = logs.logging(readable=False)
    logger = logging.Logger("daybook.test")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    line = dict(shipped["formatters"]["line"])
    handler.setFormatter(line.pop("()")(**line))
    logger.addHandler(handler)
    return logger, lambda: [json.loads(each) for each in stream.getvalue().splitlines()]


def test_a_line_says_when_where_and_how_bad(said):
    logger, lines = said
    logger.warning("the queue is long")
    (line,) = lines()
    assert line["event"] == "the queue is long"
    assert line["level"] == "warning"
    assert line["logger"] == "daybook.test"
    assert line["timestamp"].endswith("Z")


def test_an_error_names_the_kind_of_page_and_not_whose(said):
    logger, lines = said
    request = RequestFactory().get("/people/4711/")
    request.resolver_match = resolve("/people/4711/")
    logger.error("%s: %s", "Internal Server Error", request.path, extra={"request": request})
    (line,) = lines()
    assert line["page"] == "reflections:person"
    assert "4711" not in json.dumps(line)


@pytest.mark.django_db(transaction=True)
def test_a_database_s_complaint_does_not_quote_the_row(said, world):
    logger, lines = said
    with pytest.raises(psycopg.errors.NotNullViolation, match="Whispered") as failure:
        world.insert(
            "people_person", given_name="Amir", family_name="Whispered", known_as="",
            pronoun="he", languages=None,
        )  # fmt: skip
    logger.error("a save failed", exc_info=failure.value)
    (line,) = lines()
    assert "NotNullViolation" in line["exception"]
    assert "Whispered" not in json.dumps(line)
