"""When a date was set: that a release date is set is a time of change, whenever it lies."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_lived_on")]

    operations = [
        migrations.AddField(
            model_name="keydate",
            name="noted_at",
            field=models.DateTimeField(
                db_comment="When it was set here; empty where that was not kept. [personal]",
                db_default=django.db.models.functions.datetime.Now(),
                null=True,
            ),
        ),
        # Of those that stand already it isn't known: none of them counts as set today.
        migrations.RunSQL(
            "update people_keydate set noted_at = null", reverse_sql=migrations.RunSQL.noop
        ),
    ]
