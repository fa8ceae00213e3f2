"""What the models say is what the migrations make, and new tables are laid quickly."""

import re
from collections import defaultdict
from pathlib import Path

from django.apps import apps
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

import daybook

SOURCE = Path(daybook.__file__).parent
FUNCTION = re.compile(r"create (?:or replace )?function (daybook\.\w+)\(")


def test_no_model_says_what_no_migration_makes() -> None:
    migrated = MigrationLoader(None).project_state()
    changes = MigrationAutodetector(migrated, ProjectState.from_apps(apps)).changes(
        graph=MigrationLoader(None).graph
    )
    assert {
        app: [operation.describe() for each in migrations for operation in each.operations]
        for app, migrations in changes.items()
    } == {}


def test_a_table_brings_its_constraints_and_indexes_along() -> None:
    """Put on after the table, each costs a tenth of a second: every related model is drawn anew.

    Two tables that point at each other can't both come whole.
    """
    late = set()
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if not type(migration).__module__.startswith("daybook."):
            continue
        made: set[str] = set()
        waits_for_a_field: set[str] = set()
        for operation in migration.operations:
            if isinstance(operation, CreateModel):
                made.add(operation.name_lower)
            elif isinstance(operation, AddField):
                waits_for_a_field.add(operation.model_name_lower)
            elif isinstance(operation, AddConstraint | AddIndex) and (
                operation.model_name_lower in made - waits_for_a_field
            ):
                late.add(f"{app} {name}: {operation.describe()}")
    assert late == set()


def test_a_function_of_the_database_is_said_in_one_file() -> None:
    """Said again elsewhere, one of the two goes out of date, and somebody reads that one."""
    said = defaultdict(list)
    for file in (*SOURCE.rglob("*.sql"), *SOURCE.rglob("migrations/*.py")):
        for name in set(FUNCTION.findall(file.read_text(encoding="utf-8"))):
            said[name].append(file.relative_to(SOURCE).as_posix())
    assert {name: files for name, files in said.items() if len(files) > 1} == {}
