"""The ledger: every entry with its number, and the tree over it."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from daybook.foundation.audit.lines import COLUMNS, LINE
from daybook.foundation.registry.grants import grant

LEDGER = Path(__file__).parent.parent / "ledger.sql"
WRITTEN = COLUMNS[1:]


def ledger():
    statements = LEDGER.read_text(encoding="utf-8").replace("{line}", LINE)
    for placeholder, row in (("{columns}", ""), ("{numbered}", "l."), ("{waiting}", "old.")):
        named = ", ".join(f"{row}{column}" for column in WRITTEN)
        statements = statements.replace(placeholder, named)
    return statements


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_commitments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "size",
                    models.BigIntegerField(
                        db_comment="Entries it is over. [open]", primary_key=True, serialize=False
                    ),
                ),
                ("root", models.BinaryField(db_comment="Root of the tree. [open]")),
                ("at", models.DateTimeField(db_comment="When it was signed. [open]")),
                ("key", models.BinaryField(db_comment="Public key, Ed25519. [open]")),
                ("signature", models.BinaryField(db_comment="Signature, Ed25519. [open]")),
                (
                    "peaks",
                    models.BinaryField(
                        db_comment="Roots of its perfect subtrees: the tree grows from there. [open]"
                    ),
                ),
            ],
            options={
                "db_table_comment": "Signed tree heads. [open]",
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("at", models.DateTimeField(db_comment="When. [open]")),
                (
                    "staff_key",
                    models.UUIDField(
                        db_comment="Who: a key that outlives the account. [staff]", null=True
                    ),
                ),
                (
                    "sign_in_key",
                    models.UUIDField(db_comment="Through which sign-in. [staff]", null=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("collection", "written"),
                            ("alteration", "changed"),
                            ("consultation", "read"),
                            ("disclosure", "given out"),
                            ("combination", "brought together"),
                            ("erasure", "erased"),
                            ("denial", "refused"),
                            ("sign-in", "signed in or out"),
                        ],
                        db_comment="What kind of act. [open]",
                        max_length=16,
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        db_comment="What kind of record, or the page that was read. [open]",
                        max_length=600,
                    ),
                ),
                (
                    "record",
                    models.CharField(
                        blank=True,
                        db_comment="Key of the record, if it was one. [open]",
                        max_length=64,
                    ),
                ),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        db_comment="The people in custody whom the act concerned. [personal]",
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "compartments",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24),
                        blank=True,
                        db_comment="Kinds of record that were asked for, of a consultation. [open]",
                        db_default=[],
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "grounds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        db_comment="The roles held just then, each with the reach it gives. [staff]",
                        db_default=[],
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        db_comment="Why, where a reason is asked. [staff]",
                        max_length=500,
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        blank=True,
                        db_comment="To whom something was given out. [staff]",
                        db_default="",
                        max_length=200,
                    ),
                ),
                (
                    "kept_in",
                    models.CharField(
                        blank=True,
                        db_comment="Table of the signed record, if it was. [open]",
                        db_default="",
                        max_length=63,
                    ),
                ),
                (
                    "commitment",
                    models.BinaryField(
                        db_comment="HMAC of the signed record under its own salt. [open]", null=True
                    ),
                ),
                (
                    "number",
                    models.BigIntegerField(
                        db_comment="From 1, no gap. [open]", primary_key=True, serialize=False
                    ),
                ),
                ("id", models.UUIDField(db_comment="Key of the entry. [open]", unique=True)),
                ("hash", models.BinaryField(db_comment="Hash of the leaf (RFC 9162). [open]")),
            ],
            options={
                "db_table_comment": "Who read or wrote what, when and why, numbered. [staff]",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["people"], name="audit_leaf_of_people"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "height",
                        "place",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "height",
                    models.SmallIntegerField(db_comment="Over 2 to this power leaves. [open]"),
                ),
                ("place", models.BigIntegerField(db_comment="From 0, of its height. [open]")),
                ("hash", models.BinaryField(db_comment="Hash of the node (RFC 9162). [open]")),
            ],
            options={
                "db_table_comment": "Inner nodes of the tree over the log. [open]",
            },
        ),
        migrations.RunSQL(ledger(), reverse_sql=migrations.RunSQL.noop),
        grant("audit_node", "select, insert"),
        grant("audit_head", "select, insert"),
    ]
