import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="Key, made in the browser. [open]",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "form",
                    models.CharField(db_comment="Which form was filled in. [open]", max_length=20),
                ),
                (
                    "device_at",
                    models.DateTimeField(
                        db_comment="When it was written, by the clock of the device. [staff]"
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(
                        db_comment="When it was written, with that clock put right by the server’s. [staff]"
                    ),
                ),
                ("arrived_at", models.DateTimeField(db_comment="When it arrived. [staff]")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("saved", "Saved."),
                            ("refused", "It could not be saved as it is."),
                            ("half", "It was half written when the screen locked."),
                            (
                                "late",
                                "It was on its way for more than two days: say which day it is about.",
                            ),
                            (
                                "clock",
                                "The clock of the device was changed: say which day it is about.",
                            ),
                            ("discarded", "Discarded by whoever wrote it."),
                            ("ran-out", "Nobody looked at it in time."),
                        ],
                        db_comment="What became of it. [staff]",
                        max_length=12,
                    ),
                ),
                (
                    "said",
                    models.JSONField(
                        blank=True,
                        db_comment="What was filled in, while its author has still to look. [intimate]",
                        null=True,
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
                    "staff",
                    models.ForeignKey(
                        db_comment="Who wrote it. [staff]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Entries that waited sealed in a browser, and arrived. [intimate]",
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome__in", ("refused", "half", "late", "clock"))),
                        fields=["staff", "written_at"],
                        name="carry_arrival_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "saved",
                                    "refused",
                                    "half",
                                    "late",
                                    "clock",
                                    "discarded",
                                    "ran-out",
                                ],
                            )
                        ),
                        name="carry_arrival_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome__in", ("refused", "half", "late", "clock")),
                                ("said__isnull", False),
                            ),
                            models.Q(
                                ("outcome__in", ("saved", "discarded", "ran-out")),
                                ("said__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="carry_arrival_words_only_while_it_waits",
                    ),
                ],
            },
        ),
    ]
