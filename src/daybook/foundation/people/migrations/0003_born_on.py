"""When somebody was born: a child’s records are kept for a shorter time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="born_on",
            field=models.DateField(
                blank=True,
                db_comment="Birth: a child’s records are kept for a shorter time. [personal]",
                null=True,
            ),
        ),
    ]
