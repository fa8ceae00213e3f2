"""What Daybook never asks, keeps, counts or sorts people by: held where it could creep in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.apps import apps

from daybook.observe.reflections.vocabulary import Circumstance, Setting
from tests.observe.reflections.person_world import add_picture
from tests.world import World

SOURCE = Path(__file__).resolve().parents[2] / "src" / "daybook"
OURS = (
    "people",
    "places",
    "staff",
    "access",
    "cases",
    "duties",
    "reflections",
    "terms",
    "audit",
    "shifts",
    "carry",
)

WHO_ONE_IS_BORN_OR_BELIEVES = re.compile(
    r"relig|faith|worship|prayer|mosque|church|ethnic|\brace|racial|national|citizen|origin"
    r"|political|sexual|orientation|caste|tribe|offence|crime",
    re.IGNORECASE,
)
A_VERDICT = re.compile(
    r"score|rank|risk|severity|danger|priority|threat|percentile|colou?r|flag|alert|weight",
    re.IGNORECASE,
)
A_CLOCK = re.compile(r"duration|seconds|elapsed|started|opened_form|speed|took", re.IGNORECASE)
A_RACE = re.compile(r"target|quota|goal|coverage|leader|points|streak", re.IGNORECASE)
TILE = r'<li class="(tile[^"]*)"><div class="tile-body"><a class="tile-name" href="/people/(\d+)/"'
CHANGED = "tile strong"
"""The only other look: the same for better and for worse."""
AT_THE_DOOR = {"next", "state"}
MAY_BE_ASKED_IN_AN_ADDRESS = {"channel", "show", "before", "day"}


def columns() -> Iterator[str]:
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            yield from (f"{model.__name__}.{field.name}" for field in model._meta.concrete_fields)


def form_classes(of: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for each in of.__subclasses__():
        yield each
        yield from form_classes(each)


def questions() -> Iterator[str]:
    import daybook.config.urls  # noqa: F401  (every form is known once every view is)

    for form in form_classes():
        if form.__module__.startswith("daybook."):
            yield from (f"{form.__name__}.{name}" for name in getattr(form, "base_fields", ()))


@pytest.mark.parametrize("never", [WHO_ONE_IS_BORN_OR_BELIEVES, A_VERDICT, A_CLOCK, A_RACE])
def test_no_column_and_no_question_is_about_it(never: re.Pattern[str]) -> None:
    known = [*columns(), *questions()]
    assert len(known) > 150
    assert [name for name in known if never.search(name.partition(".")[2])] == []


def test_nobody_is_seen_at_worship_and_no_feast_is_a_persons() -> None:
    said = [*Setting.values, *Circumstance.values]
    assert [word for word in said if WHO_ONE_IS_BORN_OR_BELIEVES.search(word)] == []
    assert [name for name in columns() if name.endswith(".feast")] == ["UnitDay.feast"]


def test_lists_are_narrowed_by_a_few_plain_things_only() -> None:
    read = {
        name
        for file in SOURCE.rglob("*.py")
        for name in re.findall(r"GET(?:\.get(?:list)?\(|\[)\s*[\"'](\w+)", file.read_text("utf-8"))
    }
    assert read == MAY_BE_ASKED_IN_AN_ADDRESS | AT_THE_DOOR


def test_nothing_counts_or_averages_by_officer() -> None:
    """Rows are grouped by person, by setting, by channel: by who wrote only where a rater's
    habit is taken out of a chart, which no page shows."""
    grouped = re.compile(
        r"group by[^)\"']*\b(author|rater|staff|owner|written_by|noted_by|promised_by|asked_of)"
        r"|\.values\(\s*\"(author|rater|staff|owner|written_by|noted_by|promised_by|asked_of)\w*\"\s*\)\s*\.annotate",
        re.IGNORECASE,
    )
    found = [
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if grouped.search(file.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_a_reflection_is_drawn_with_nothing_chosen(world: World) -> None:
    amir = world.people["Amir Kaya"]
    client = world.client("personal-officer")
    for address in (f"/people/{amir}/reflect/", "/wing/a/round/"):
        page = (world.client("wing-officer") if "round" in address else client).get(address)
        html = page.content.decode()
        assert 'type="radio"' in html
        assert not re.search(r"<input[^>]*\schecked", html), address
        assert not re.search(r"<textarea[^>]*>\s*[^<\s]", html), address
        filled = re.findall(r"<input[^>]*name=\"([\w-]+)\"[^>]*value=\"[^\"]+\"", html)
        chosen = {"contact", "difference", "way", "leaning", "setting", "circumstances", "own_mark"}
        hidden = {"csrfmiddlewaretoken", "key", "then", "person"}
        assert {n for n in filled if not n.startswith("step-")} <= chosen | hidden, address


@pytest.mark.django_db(transaction=True)
def test_one_press_writes_about_one_person(world: World) -> None:
    """There is no "all as usual": every form of the round speaks of one person."""
    html = world.client("wing-officer").get("/wing/a/round/").content.decode()
    forms_of_it = re.findall(r"<form[^>]*hx-post.*?</form>", html, re.DOTALL)
    assert len(forms_of_it) == 2
    assert all(form.count('name="person"') == 1 for form in forms_of_it)


@pytest.mark.django_db(transaction=True)
def test_the_board_stands_by_cell_whoever_has_changed(world: World) -> None:
    """Neither the order of tiles nor a colour tells how somebody stands beside others."""
    for name, cell in (("Zoltan Quill", "a-90"), ("Ignatius Veld", "a-80"), ("Otto Ruiz", "a-70")):
        world.add_person(name, "a", cell)
    add_picture(world, "Zoltan Quill", "mood", state="worth-talking-about", direction=-1)
    add_picture(world, "Ignatius Veld", "tension", state="worth-talking-about", direction=1)
    html = world.client("wing-officer").get("/wing/a/").content.decode()
    assert html.index("Otto") < html.index("Ignatius") < html.index("Zoltan")
    looks = {int(person): look for look, person in re.findall(TILE, html)}
    assert looks[world.people["Zoltan Quill"]] == looks[world.people["Ignatius Veld"]] == CHANGED
    assert looks[world.people["Otto Ruiz"]] == "tile"
