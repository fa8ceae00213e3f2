from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_information_apart")]
    operations = [
        migrations.AddField(
            model_name="hypothesis",
            name="keeps_hidden",
            field=models.BooleanField(
                db_comment="Whether the team’s own says that something is kept hidden. [intimate]",
                db_default=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="hypothesis",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "own"), ("keeps_hidden", False), _connector="OR"),
                name="reviews_hypothesis_own_ones_are_asked",
            ),
        ),
    ]
