"""Why something was read, to whom it was given, and what a signed record said when it was."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

COMMITMENTS = Path(__file__).parent.parent / "commitments.sql"
EARLIER = ["before grounds were kept"]


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="Salt",
            fields=[
                (
                    "entry",
                    models.UUIDField(
                        db_comment="The entry that commits. [open]",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kept_in",
                    models.CharField(db_comment="Table of the record. [open]", max_length=63),
                ),
                (
                    "record",
                    models.CharField(db_comment="Key of the record. [open]", max_length=64),
                ),
                ("salt", models.BinaryField(db_comment="32 random bytes. [secret]")),
            ],
            options={
                "db_table_comment": "Salts of commitments, each erased with its record. [secret]",
                "indexes": [
                    models.Index(fields=["record", "kept_in"], name="audit_salt_of_record")
                ],
            },
        ),
        migrations.AlterModelTableComment(
            name="entry",
            table_comment="Who read or wrote what, when and why: not yet numbered. [staff]",
        ),
        migrations.RemoveIndex(model_name="entry", name="audit_entry_at"),
        migrations.AddField(
            model_name="entry",
            name="compartments",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24),
                blank=True,
                db_comment="Kinds of record that were asked for, of a consultation. [open]",
                db_default=[],
                default=list,
                size=None,
            ),
        ),
        # Entries that are there already get words that say so; then the column has its own.
        migrations.AddField(
            model_name="entry",
            name="grounds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80),
                blank=True,
                db_comment="The roles held just then, each with the reach it gives. [staff]",
                db_default=EARLIER,
                default=list,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="grounds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80),
                blank=True,
                db_comment="The roles held just then, each with the reach it gives. [staff]",
                db_default=[],
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="recipient",
            field=models.CharField(
                blank=True,
                db_comment="To whom something was given out. [staff]",
                db_default="",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="kept_in",
            field=models.CharField(
                blank=True,
                db_comment="Table of the signed record, if it was. [open]",
                db_default="",
                max_length=63,
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="commitment",
            field=models.BinaryField(
                db_comment="HMAC of the signed record under its own salt. [open]", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "consultation"), _negated=True),
                    models.Q(("grounds", []), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="audit_entry_read_on_some_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "disclosure"), _negated=True),
                    models.Q(
                        models.Q(("recipient", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="audit_entry_given_out_to_somebody_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("commitment__isnull", True), ("kept_in", "")),
                    models.Q(
                        models.Q(("kept_in", ""), _negated=True), ("commitment__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="audit_entry_commits_to_what_is_signed",
            ),
        ),
        migrations.RunSQL(
            COMMITMENTS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    ]
