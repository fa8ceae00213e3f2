"""Whom somebody opens in an emergency is within reach in the same transaction, until it closes."""

from django.db import migrations

from daybook.foundation.access.wall import changes_reach


class Migration(migrations.Migration):
    dependencies = [("breakglass", "0002_walls"), ("access", "0008_kept_reach")]
    operations = [changes_reach("breakglass_opening")]
