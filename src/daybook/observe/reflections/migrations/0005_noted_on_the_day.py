"""The hour on a sheet belongs to the day of the sheet, wherever on earth the service is."""

from django.db import migrations, models


def on_earth(bound):
    return models.Func(
        models.F("day"),
        template=f"((%(expressions)s {bound}) at time zone 'UTC')",
        output_field=models.DateTimeField(),
    )


class Migration(migrations.Migration):
    dependencies = [("reflections", "0004_signed")]
    operations = [
        migrations.AddConstraint(
            model_name="reflection",
            constraint=models.CheckConstraint(
                condition=models.Q(noted_at__isnull=True)
                | models.Q(
                    noted_at__gte=on_earth("- interval '14 hours'"),
                    noted_at__lt=on_earth("+ interval '36 hours'"),
                ),
                name="reflections_reflection_noted_on_the_day_it_is_about",
            ),
        ),
    ]
