"""Limits, holds, and the ledger of erasures."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import daybook.foundation.registry.keys


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_born_on"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
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
                ("kind", models.CharField(db_comment="Kind of record. [open]", max_length=24)),
                (
                    "person_key",
                    models.BigIntegerField(
                        db_comment="Key of the person, which outlives their name. [personal]"
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        db_comment="Keys of the records. [open]",
                        size=None,
                    ),
                ),
                (
                    "early",
                    models.BooleanField(
                        db_comment="Whether it is asked for before the day, as after a contest. [open]",
                        default=False,
                    ),
                ),
                (
                    "listed_at",
                    models.DateTimeField(db_comment="When it came onto the list. [open]"),
                ),
                (
                    "lapsed_at",
                    models.DateTimeField(
                        blank=True, db_comment="When it was due no more. [open]", null=True
                    ),
                ),
                (
                    "kept_at",
                    models.DateTimeField(blank=True, db_comment="When. [staff]", null=True),
                ),
                (
                    "look_again_on",
                    models.DateField(
                        blank=True, db_comment="Until when they stay. [open]", null=True
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(blank=True, db_comment="When. [staff]", null=True),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        db_comment="Why they are erased, or kept: naming nobody. [staff]",
                        max_length=500,
                    ),
                ),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, db_comment="When. [staff]", null=True),
                ),
                (
                    "erased_at",
                    models.DateTimeField(
                        blank=True, db_comment="When they were erased here. [open]", null=True
                    ),
                ),
                (
                    "rows",
                    models.IntegerField(
                        blank=True, db_comment="How many rows went. [open]", null=True
                    ),
                ),
                (
                    "replayed",
                    models.BooleanField(
                        db_comment="Whether it was carried out before, and again on a backup. [open]",
                        default=False,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who approved it, for data protection. [staff]",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who decided that they stay. [staff]",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who proposed to erase them. [staff]",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Records due to be erased, and the ledger of those erased. [staff]",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("erased_at__isnull", True), ("lapsed_at__isnull", True)
                        ),
                        fields=["kind", "person_key"],
                        name="retention_erasure_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="retention_erasure_takes_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_at__isnull", True),
                            models.Q(
                                ("approved_by__isnull", False), ("proposed_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="retention_erasure_approved_once_proposed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("proposed_at__isnull", True),
                            models.Q(
                                ("kept_at__isnull", True),
                                ("proposed_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="retention_erasure_proposed_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kept_at__isnull", True),
                            models.Q(
                                ("kept_by__isnull", False),
                                ("look_again_on__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="retention_erasure_kept_for_a_reason_until_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="retention_erasure_only_once_approved",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("early", False),
                            ("erased_at__isnull", True),
                            ("kept_at__isnull", True),
                            ("lapsed_at__isnull", True),
                        ),
                        fields=("kind", "person_key"),
                        name="retention_erasure_listed_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
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
                    "ground",
                    models.CharField(
                        choices=[
                            ("death", "a death"),
                            ("complaint", "a complaint"),
                            ("court", "a court"),
                        ],
                        db_comment="Because of what. [personal]",
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        db_comment="Who asks for it, and under which number. [personal]",
                        max_length=500,
                    ),
                ),
                ("placed_at", models.DateTimeField(db_comment="When. [staff]")),
                (
                    "lifted_at",
                    models.DateTimeField(
                        blank=True,
                        db_comment="When it was lifted, empty while it lasts. [staff]",
                        null=True,
                    ),
                ),
                (
                    "lifted_because",
                    models.CharField(blank=True, db_comment="Why. [personal]", max_length=500),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who lifted it. [staff]",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="Whose records stay. [personal]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="people.person",
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        db_comment="Who placed it. [staff]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "What stops an erasure: a death, a complaint, a court. [personal]",
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=["person"],
                        name="retention_hold_lasts",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["death", "complaint", "court"])),
                        name="retention_hold_ground_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="retention_hold_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lifted_at__isnull", True),
                                ("lifted_because", ""),
                                ("lifted_by__isnull", True),
                            ),
                            models.Q(
                                ("lifted_at__isnull", False),
                                ("lifted_by__isnull", False),
                                models.Q(("lifted_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="retention_hold_lifted_by_somebody_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SetLimit",
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
                ("kind", models.CharField(db_comment="Kind of record. [open]", max_length=24)),
                (
                    "begins",
                    models.CharField(db_comment="From when the period runs. [open]", max_length=12),
                ),
                ("months", models.PositiveSmallIntegerField(db_comment="How many months. [open]")),
                (
                    "unconvicted",
                    models.PositiveSmallIntegerField(
                        db_comment="How many about people whom no court has sentenced. [open]"
                    ),
                ),
                (
                    "child",
                    models.PositiveSmallIntegerField(
                        db_comment="How many about somebody under eighteen on the day. [open]"
                    ),
                ),
                (
                    "then",
                    models.CharField(
                        db_comment="Erased then, or looked at first. [open]", max_length=8
                    ),
                ),
                ("since", models.DateTimeField(db_comment="From when it holds. [open]")),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_comment="Why it is not as shipped. [open]", max_length=500
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who set it; nobody: as Daybook ships it. [staff]",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "How long each kind of record is kept, with its history. [open]",
                "indexes": [
                    models.Index(fields=["kind", "-since"], name="retention_limit_in_force")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("child__gt", 0),
                            ("months__gt", 0),
                            ("unconvicted__gt", 0),
                            ("child__lte", models.F("months")),
                            ("unconvicted__lte", models.F("months")),
                        ),
                        name="retention_limit_ends_and_is_never_longer_for_the_protected",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("set_by__isnull", True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="retention_limit_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("begins__in", ["entry", "end", "release", "last"])),
                        name="retention_limit_begins_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("then__in", ["erase", "review"])),
                        name="retention_limit_then_known",
                    ),
                ],
            },
        ),
    ]
