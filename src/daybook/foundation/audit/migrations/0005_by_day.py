"""The numbered log by day: it grows in the order of time, so a few bytes a page suffice."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_ledger")]
    operations = [
        migrations.AddIndex(
            model_name="leaf",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["at"], name="audit_leaf_by_day", pages_per_range=32
            ),
        )
    ]
