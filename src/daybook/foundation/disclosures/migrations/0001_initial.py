"""Requests for everything that is kept, and who received what."""

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
            name="AccessRequest",
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
                    "recipient",
                    models.CharField(
                        db_comment="Who receives it: the person, or who for them. [personal]",
                        max_length=200,
                    ),
                ),
                ("asked_on", models.DateField(db_comment="When it was asked for. [personal]")),
                (
                    "justification",
                    models.CharField(
                        db_comment="Why it is given, and on what law. [personal]", max_length=500
                    ),
                ),
                (
                    "withheld",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24),
                        blank=True,
                        db_comment="Kinds of record that are not given. [personal]",
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "withheld_because",
                    models.CharField(
                        blank=True,
                        db_comment="Why they are not: weighed for this person. [personal]",
                        max_length=500,
                    ),
                ),
                (
                    "names_staff",
                    models.BooleanField(
                        db_comment="Whether staff are named, or told by their post. [staff]",
                        default=False,
                    ),
                ),
                ("decided_at", models.DateTimeField(db_comment="When. [staff]")),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_comment="Who decided. [staff]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="Whose records are asked for. [personal]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Requests for everything that is kept, as decided. [personal]",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("justification", ""), _negated=True),
                            models.Q(("recipient", ""), _negated=True),
                        ),
                        name="disclosures_request_says_why_and_for_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withheld", []),
                            models.Q(("withheld_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="disclosures_request_withholds_for_a_reason",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["person", "-decided_at"], name="disclosures_request_of")
                ],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
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
                    "recipient",
                    models.CharField(db_comment="Who received it. [personal]", max_length=200),
                ),
                ("purpose", models.CharField(db_comment="What for. [personal]", max_length=500)),
                (
                    "legal_basis",
                    models.CharField(db_comment="On which law. [personal]", max_length=300),
                ),
                (
                    "handling",
                    models.CharField(
                        blank=True,
                        db_comment="On which condition, as the recipient was told. [personal]",
                        max_length=500,
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        db_comment="What was given, in a few words. [personal]", max_length=500
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        db_comment="Keys of the records, where single ones were given. [open]",
                        default=list,
                        size=None,
                    ),
                ),
                ("given_at", models.DateTimeField(db_comment="When. [staff]")),
                (
                    "given_by",
                    models.ForeignKey(
                        db_comment="Who gave it. [staff]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "request",
                    models.ForeignKey(
                        blank=True,
                        db_comment="On which request of the person’s own. [personal]",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given",
                        to="disclosures.accessrequest",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Who received what about somebody. [personal]",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recipient", ""), _negated=True),
                            models.Q(("purpose", ""), _negated=True),
                            models.Q(("legal_basis", ""), _negated=True),
                            models.Q(("what", ""), _negated=True),
                        ),
                        name="disclosures_disclosure_says_to_whom_what_for_and_why",
                    )
                ],
                "indexes": [
                    models.Index(fields=["person", "-given_at"], name="disclosures_given_of")
                ],
            },
        ),
    ]
