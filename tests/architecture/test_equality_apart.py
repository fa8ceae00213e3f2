"""Faith, origin, disability, orientation: no indicator, no filter, no trigger of anything.

What people say of themselves lies in one app. Nothing of Daybook imports it or names its table but
the one file that makes figures of it, in which nobody can be told apart.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from daybook.foundation.equality.models import Declaration
from daybook.foundation.registry import providers
from daybook.foundation.registry.providers import Providers

SOURCE = Path(__file__).resolve().parents[2] / "src" / "daybook"
HERE = SOURCE / "foundation" / "equality"
FIGURES = "observe/information/fairness.sql"
# Words alone, for the names of groups in figures; the command that brings it in; the demo.
MAY_IMPORT = {
    "observe/information/queries/fairness.py": {"daybook.foundation.equality.vocabulary"},
    "config/commands/imports.py": {"daybook.foundation.equality.imports"},
    "demo/fill/equality.py": {
        "daybook.foundation.equality.models", "daybook.foundation.equality.vocabulary",
    },
}  # fmt: skip
ITS_TABLE = re.compile(r"equality_|Declaration\b|declare_of_oneself|age_band")


def elsewhere(*endings: str) -> Iterator[tuple[str, Path]]:
    for file in sorted(SOURCE.rglob("*")):
        if file.suffix in endings and HERE not in file.parents:
            yield str(file.relative_to(SOURCE)), file


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            dots = "." * node.level
            found |= {f"{dots}{node.module or ''}"} | {
                f"{dots}{node.module or ''}.{each.name}" for each in node.names
            }
    return {name for name in found if re.search(r"(^|\.)foundation\.equality(\.|$)", name)}


def test_nothing_imports_it_but_for_figures_the_way_in_and_the_demo() -> None:
    found = {}
    for name, file in elsewhere(".py"):
        modules = {
            module
            for module in imported(file)
            if not any(module.startswith(f"{each}.") for each in MAY_IMPORT.get(name, ()))
        }
        if modules - MAY_IMPORT.get(name, set()):
            found[name] = modules
    assert found == {}


def test_no_sql_and_no_code_names_its_table_but_the_one_that_makes_figures() -> None:
    named = {
        name for name, file in elsewhere(".py", ".sql") if ITS_TABLE.search(file.read_text("utf-8"))
    }
    assert named <= {FIGURES, "demo/fill/equality.py"}


def test_no_table_points_at_it_and_it_points_at_the_person_alone() -> None:
    assert Declaration._meta.related_objects == ()
    pointed = {f.related_model._meta.label for f in Declaration._meta.fields if f.is_relation}
    assert pointed == {"people.Person"}
    # Nor is there a way back: no list of people can be narrowed by it.
    assert not any(
        "equality" in str(relation.related_model.__module__)
        for model in apps.get_models()
        for relation in model._meta.related_objects
    )


def test_it_offers_nothing_to_any_page_list_search_or_chart() -> None:
    for registry in vars(providers).values():
        if isinstance(registry, Providers):
            for provider in registry:
                assert "equality" not in provider.__module__


def test_no_other_code_speaks_of_what_people_are() -> None:
    """Names of code, not words of pages: a column, key or parameter called so would be one."""
    who = re.compile(r"\b(religion|faith|belief|ethnicity|race|orientation)s?\b\s*[:=]|"
                     r"[\"'](religion|faith|belief|ethnicity|race|orientation)s?[\"']")  # fmt: skip
    found = [name for name, file in elsewhere(".py", ".sql") if who.search(file.read_text("utf-8"))]
    assert found == []
