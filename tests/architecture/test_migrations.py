"""What the models say is what the migrations make."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_no_model_says_what_no_migration_makes() -> None:
    migrated = MigrationLoader(None).project_state()
    changes = MigrationAutodetector(migrated, ProjectState.from_apps(apps)).changes(
        graph=MigrationLoader(None).graph
    )
    assert {
        app: [operation.describe() for each in migrations for operation in each.operations]
        for app, migrations in changes.items()
    } == {}
