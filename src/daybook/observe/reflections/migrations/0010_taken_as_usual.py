"""A change that a meeting takes as the usual; locked with the minutes of that meeting."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import daybook.foundation.registry.keys
from daybook.foundation.access.wall import protect

LOCKED_WITH_THE_MINUTES = """
create trigger reflections_takenasusual_minutes before insert or update or delete
    on reflections_takenasusual for each row execute function daybook.keep_minutes();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_born_on"),
        ("reflections", "0009_chartday"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TakenAsUsual",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="Key. [open]",
                        default=daybook.foundation.registry.keys.new_key,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "direction",
                    models.SmallIntegerField(
                        db_comment="1 higher, -1 lower than the usual before. [intimate]"
                    ),
                ),
                ("day", models.DateField(db_comment="The day it was said. [personal]")),
                ("said_at", models.DateTimeField(db_comment="When it was written down. [staff]")),
                (
                    "taken_back_at",
                    models.DateTimeField(
                        blank=True,
                        db_comment="When it was taken back, in the same meeting. [staff]",
                        null=True,
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        db_comment="Which chart. [open]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reflections.channel",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        db_comment="The discussion it belongs to. [intimate]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reflections.meetingperson",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_comment="Where. [staff]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reflections.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="About whom. [personal]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        db_comment="By whom. [staff]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Changes that a meeting took as the usual from then on. [intimate]",
                "indexes": [
                    models.Index(
                        fields=["person", "channel", "-day"], name="reflections_takenasusual_of"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", [-1, 1])),
                        name="reflections_takenasusual_direction_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_back_at__isnull", True),
                            ("taken_back_at__gte", models.F("said_at")),
                            _connector="OR",
                        ),
                        name="reflections_takenasusual_taken_back_after",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("discussion", "channel"),
                        name="reflections_takenasusual_once",
                    ),
                ],
            },
        ),
        protect("reflections_takenasusual", compartment="wing"),
        migrations.RunSQL(LOCKED_WITH_THE_MINUTES, reverse_sql=migrations.RunSQL.noop),
    ]
