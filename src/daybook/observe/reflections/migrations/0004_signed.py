"""Entries commit to signed records from here on; their forms are written after all migrations."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reflections", "0003_channels"), ("audit", "0003_commitments")]
    operations: list[object] = []
