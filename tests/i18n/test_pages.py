"""Every page in a language it was not written in."""

import ast
import json
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql

from daybook.understand.instruments.queries import definition
from tests.observe.reflections.person_world import well_known
from tests.walk import Stop, kind_of, send_empty, walk
from tests.world import World

from .bare import bare_words
from .pseudo import ACCENTED, KEPT, MIRRORED, accented, mirrored, speak

SOURCE = Path(__file__).resolve().parents[2] / "src" / "daybook"
WALKERS = (
    "wing-officer", "personal-officer", "activity-staff", "duty-manager", "head-of-unit",
    "case-lead", "psychologist", "chaplain", "analyst", "governor", "oversight", "administrator",
)  # fmt: skip
KEYS = {"username", "password", "role", "source", "side", "method", "because"}
SAID_BY_INSTRUMENTS = {"name", "says", "licence", "asks", "help", "label", "anchor"}
GREEK = "αβκδεφγχιζκλμνοπθρστυβωξυζ"


@pytest.fixture
def elsewhere(world: World, settings: Any, tmp_path: Path) -> World:
    """A service whose people, places and notes are all in Greek letters."""
    well_known(world)
    world.client("wing-officer").post(
        reverse("reflections:begin-meeting", args=["a"]), {"shift": "early"}
    )
    write_in_greek(world)
    speak(settings, tmp_path / "locale")
    return world


def write_in_greek(world: World) -> None:
    """Turn the Latin letters of everything that people typed into Greek ones."""
    latin, greek = string.ascii_letters, GREEK + GREEK.upper()
    for model in apps.get_models():
        columns = list(typed_by_people(model))
        if not columns:
            continue
        table = sql.Identifier(model._meta.db_table)
        turned = sql.SQL(", ").join(
            sql.SQL("{0} = translate({0}, {1}, {2})").format(sql.Identifier(column), latin, greek)
            for column in columns
        )
        world.owner.execute(sql.SQL("alter table {} disable trigger user").format(table))
        world.owner.execute(sql.SQL("update {} set {}").format(table, turned))
        world.owner.execute(sql.SQL("alter table {} enable trigger user").format(table))
    write_instruments_in_greek(world)


def write_instruments_in_greek(world: World) -> None:
    """An instrument speaks the language it was written in, whoever reads it."""
    table = str.maketrans(string.ascii_letters, GREEK + GREEK.upper())

    def turned(part: Any, key: str = "") -> Any:
        if isinstance(part, dict):
            return {name: turned(value, name) for name, value in part.items()}
        if isinstance(part, list):
            return [turned(value, key) for value in part]
        return part.translate(table) if key in SAID_BY_INSTRUMENTS else part

    world.owner.execute("alter table instruments_definition disable trigger user")
    rows = world.owner.execute("select id, whole from instruments_definition").fetchall()
    for row, whole in rows:
        greek = turned(whole)
        world.owner.execute(
            "update instruments_definition set whole = %s, name = %s where id = %s",
            [json.dumps(greek), greek["name"], row],
        )
    world.owner.execute("alter table instruments_definition enable trigger user")
    definition.cache_clear()


def typed_by_people(model: type[models.Model]) -> Iterator[str]:
    # Channels and terms come with Daybook, and are translated with it.
    if model._meta.app_label not in ("people", "places", "staff", "cases", "duties", "reflections"):
        return
    if model.__name__ == "Channel":
        return
    for field in model._meta.concrete_fields:
        text = isinstance(field, models.CharField | models.TextField)
        key = isinstance(field, models.SlugField) or field.name in KEYS
        if text and not key and not field.choices:
            yield field.column


def visitor(world: World, name: str, language: str) -> Client:
    client = world.client(name)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    return client


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_text_of_any_page_escapes_translation(elsewhere: World) -> None:
    bare: dict[str, str] = {}
    walked: dict[str, Stop] = {}
    for name in WALKERS:
        client = visitor(elsewhere, name, ACCENTED)
        stops = list(walk(client))
        for stop in [*stops, *send_empty(client, stops)]:
            walked[kind_of(stop.url)] = stop
            for words in bare_words(stop.html):
                bare.setdefault(words, f"{stop.url} as {name}; {written_in(words)}")
    for words in bare_words(outside(ACCENTED)):
        bare.setdefault(words, f"/sign-in/; {written_in(words)}")
    assert not bare, "\n".join(f"{words!r}: {where}" for words, where in bare.items())
    assert len(walked) > 25, "The walk came to few pages: it tested little."


def outside(language: str) -> str:
    """The page of somebody who is not signed in."""
    return Client(headers={"accept-language": language}).get("/sign-in/").content.decode()


def written_in(words: str) -> str:
    """Where in the tree such words stand."""
    files = [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py")]
    found = [file for file in files if words in file.read_text(encoding="utf-8")]
    return ", ".join(str(file.relative_to(SOURCE)) for file in found[:3]) or "no file as it stands"


@pytest.mark.django_db(transaction=True)
def test_pages_run_from_right_to_left_for_those_who_read_so(elsewhere: World) -> None:
    answers = {
        url: visitor(elsewhere, "wing-officer", MIRRORED).get(url).content.decode()
        for url in ("/", "/wing/a/", reverse("reflections:my-people"), "/glossary/")
    }
    answers["/sign-in/"] = outside(MIRRORED)
    for url, html in answers.items():
        assert '<html lang="ar-xb" dir="rtl"' in html, url
        assert bare_words(html) == [], url


@pytest.mark.django_db(transaction=True)
def test_english_runs_from_left_to_right(world: World) -> None:
    html = world.client("wing-officer").get("/").content.decode()
    assert '<html lang="en" dir="ltr"' in html


@given(
    st.lists(
        st.sampled_from(
            ["%(day)s", "%s", "%%", "{name}", "{}", "<b>", "</b>", "&nbsp;", " an ", "9"]
        )
    )
)
def test_what_values_fill_stays_as_it_was(pieces: list[str]) -> None:
    message = "".join(pieces)
    for turned in (accented(message), mirrored(message)):
        assert KEPT.findall(turned) == KEPT.findall(message)


def test_a_longer_language_is_a_third_longer() -> None:
    message = "Worth talking about: lower than his usual since Tuesday"
    assert 1.3 < len(accented(message)) / len(message) < 1.5


def test_text_outside_gettext_is_found() -> None:
    html = (
        '<p title="Bare">⟦in <b>two</b> parts⟧ Γεια, ⟦a ⟦nested⟧ one⟧ 12:30 <i>left out</i></p>'
        '<p lang="nl">Goede<br><b>dag</b></p>'
    )
    assert bare_words(html) == ["Bare", "left out"]


def test_messages_are_whole_before_they_are_translated() -> None:
    """A message put together first, as by an f-string, stands in no catalogue."""
    names = {
        "_",
        "gettext",
        "gettext_lazy",
        "ngettext",
        "ngettext_lazy",
        "pgettext",
        "pgettext_lazy",
    }
    wrong = [
        f"{file.relative_to(SOURCE)}:{node.lineno}"
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in names
        and any(map(is_put_together, node.args))
    ]
    assert wrong == []


def is_put_together(argument: ast.expr) -> bool:
    if isinstance(argument, ast.Call):
        return isinstance(argument.func, ast.Attribute) and argument.func.attr == "format"
    return isinstance(argument, ast.JoinedStr) or (
        isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Mod | ast.Add)
    )
