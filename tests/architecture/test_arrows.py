"""Foreign keys go the way imports go: the linter can't see a key named by a string."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]


def contract(name):
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    return next(each for each in contracts if each["id"] == name)


def heights(name):
    """How high each room of a contract stands; rooms side by side stand at one height."""
    layers = contract(name)["layers"]
    return {
        room.strip("() "): len(layers) - at
        for at, layer in enumerate(layers)
        for room in layer.split("|")
    }


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("daybook.")]


def may_point_to(source, target):
    """Whether a module may know another one: a lower floor, or a lower room of its floor."""
    floor, room = source.split(".")[1:3]
    other_floor, other_room = target.split(".")[1:3]
    if floor != other_floor:
        floors = heights("floors")
        return floors[floor] > floors[other_floor]
    if room == other_room:
        return True
    rooms = heights(floor)
    return rooms[room] > rooms[other_room]


def test_foreign_keys_point_down():
    upwards = [
        f"{model.__module__} {model.__name__}.{field.name} -> {field.related_model.__module__}"
        for model in ours()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and not may_point_to(model.__module__, field.related_model.__module__)
    ]
    assert ours()
    assert not upwards


@pytest.mark.parametrize(
    ("source", "target", "fine"),
    [
        ("daybook.observe.reflections", "daybook.foundation.people", True),
        ("daybook.foundation.people", "daybook.observe.reflections", False),
        ("daybook.foundation.places", "daybook.foundation.staff", False),
        ("daybook.foundation.staff", "daybook.foundation.places", True),
    ],
)
def test_the_test_itself_knows_up_from_down(source, target, fine):
    assert may_point_to(source, target) is fine


def test_migrations_say_what_they_do():
    assert not [str(path) for path in (ROOT / "src").rglob("migrations/*_auto_*.py")]


def test_nothing_fetches_a_model_by_its_name():
    """``apps.get_model`` would hide an arrow; migrations need it, nobody else does."""
    hidden = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "src").rglob("*.py")
        if "migrations" not in path.parts and "get_model(" in path.read_text()
    ]
    assert not hidden
