"""The table of requirements names each once, and tests that are there."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "coverage.md"
REQUIREMENTS = 191
ROW = re.compile(r"^\| (\d+) \| (.*?) \| (.*?) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/.]+\.py)::(\w+)`")


def rows() -> list[tuple[int, str, str]]:
    found = ROW.findall(TABLE.read_text(encoding="utf-8"))
    return [(int(number), where, test) for number, where, test in found]


@cache
def names_in(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_bytes())
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, functions))


def test_every_requirement_has_one_row_in_order() -> None:
    assert [number for number, _, _ in rows()] == list(range(1, REQUIREMENTS + 1))


def test_a_row_names_tests_or_says_open() -> None:
    for number, _, test in rows():
        assert test == "open" or TEST.sub("", test).strip(" ,") == "", number


def test_every_named_test_is_there() -> None:
    for number, _, test in rows():
        for path, name in TEST.findall(test):
            file = ROOT / path
            assert file.exists(), f"{number}: {path}"
            assert name in names_in(file), f"{number}: {path}::{name}"


def test_what_is_tested_says_where_it_lives() -> None:
    for number, where, test in rows():
        assert test == "open" or re.search(r"`[\w/.-]+`", where), number
        for place in re.findall(r"`([\w/.-]+)`", where):
            assert any((ROOT / top / place).exists() for top in ("src/daybook", "")), (
                f"{number}: {place}"
            )
