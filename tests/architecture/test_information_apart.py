"""What is unconfirmed is out of reach of the code that composes decisions, not by care but by
imports: other rooms come to information by a few doors, and their SQL not at all."""

import ast
from collections.abc import Iterator
from pathlib import Path

import daybook

HOME = Path(daybook.__file__).parent
ROOM = HOME / "observe" / "information"
DOORS = {
    "daybook.observe.information.queries.citable",
    "daybook.observe.information.actions.given",
    # Who may report and who may count: for the links at the foot of a page.
    "daybook.observe.information.queries.reach",
    "daybook.observe.information.queries.counts",
}
FILLS = HOME / "demo"


def others(ending: str) -> Iterator[Path]:
    for path in HOME.rglob(f"*{ending}"):
        if not path.is_relative_to(ROOM) and not path.is_relative_to(FILLS):
            yield path


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def test_other_rooms_come_to_information_by_its_doors_alone():
    used = {
        name
        for path in others(".py")
        for name in imported(path)
        if name.startswith("daybook.observe.information")
    }
    assert used
    wrong = {name for name in used if not any(name.startswith(door) for door in DOORS)}
    assert wrong == set()


def test_no_sql_of_another_room_names_a_table_of_information():
    names = ("information_concern", "information_report", "information_levelling")
    found = [
        str(path.relative_to(HOME))
        for ending in (".sql", ".py")
        for path in others(ending)
        if any(name in path.read_text(encoding="utf-8") for name in names)
    ]
    assert found == []
