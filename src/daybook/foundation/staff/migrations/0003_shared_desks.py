"""Shared desks, badges, and how often somebody tried to sign in."""

import datetime
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from daybook.foundation.registry.grants import grant

FORGET_TRIES = """
create function daybook.forget_tries() returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    forgotten bigint;
begin
    -- No limit counts longer than a quarter of an hour: yesterday's tries slow nobody.
    delete from staff_tries where since < now() - interval '1 day';
    get diagnostics forgotten = row_count;
    return forgotten;
end $$;
revoke all on function daybook.forget_tries() from public;
grant execute on function daybook.forget_tries() to daybook_app, daybook_wide;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_grants"),
        ("staff", "0002_grants"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tries",
            fields=[
                (
                    "of",
                    models.CharField(
                        db_comment="Hash of the name, address, badge or desk. [secret]",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("taken", models.PositiveSmallIntegerField(db_comment="How many tries. [staff]")),
                ("since", models.DateTimeField(db_comment="Since when they are counted. [staff]")),
            ],
            options={
                "db_table_comment": "Tries to sign in, counted so that guessing is slow. [staff]",
            },
        ),
        migrations.AddField(
            model_name="signin",
            name="locks_after",
            field=models.DurationField(
                db_comment="Unused so long, it is over. [open]",
                default=datetime.timedelta(seconds=900),
            ),
        ),
        migrations.AddField(
            model_name="signin",
            name="seen_at",
            field=models.DateTimeField(
                db_comment="When it was last used, to the minute. [staff]",
                default=django.utils.timezone.now,
            ),
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        db_comment="Key, held by the browser. [secret]",
                        default=uuid.uuid4,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        db_comment="What it is called: the office on the twos. [open]",
                        max_length=60,
                    ),
                ),
                ("made_at", models.DateTimeField(db_comment="When it was made known. [staff]")),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, db_comment="When it stopped being one. [staff]", null=True
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who ended it. [staff]",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_comment="Who made it known. [staff]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_comment="Where it stands. [open]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desks",
                        to="places.unit",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Shared browsers, where a badge and a PIN open a sign-in. [staff]",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="staff_desk_ended_when_and_by_whom",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="signin",
            name="desk",
            field=models.ForeignKey(
                blank=True,
                db_comment="The shared desk at which it began, if at one. [staff]",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sign_ins",
                to="staff.desk",
            ),
        ),
        migrations.CreateModel(
            name="Badge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        db_comment="Key of the row. [open]", primary_key=True, serialize=False
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_comment="Hash of the code, with a key of the service. [secret]",
                        max_length=64,
                        unique=True,
                    ),
                ),
                ("given_at", models.DateTimeField(db_comment="When it was given. [staff]")),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, db_comment="When it was withdrawn. [staff]", null=True
                    ),
                ),
                (
                    "pin",
                    models.CharField(
                        blank=True,
                        db_comment="Argon2 hash of the PIN, with a key of the service. [secret]",
                        max_length=128,
                    ),
                ),
                (
                    "pin_set_at",
                    models.DateTimeField(
                        blank=True, db_comment="When the holder chose the PIN. [staff]", null=True
                    ),
                ),
                (
                    "wrong_pins",
                    models.PositiveSmallIntegerField(
                        db_comment="Wrong PINs since the last right one. [staff]", default=0
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Which administrator gave it. [staff]",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_comment="Whose it is. [staff]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="badges",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Badges, for signing in at a shared desk. [staff]",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("staff",),
                        name="staff_badge_one_at_a_time",
                    )
                ],
            },
        ),
        grant("staff_desk", "select, insert, update (ended_at, ended_by_id)"),
        grant("staff_badge", "select, update (pin, pin_set_at, wrong_pins)"),
        grant("staff_tries", "select, insert, update"),
        migrations.RunSQL(FORGET_TRIES, reverse_sql="drop function daybook.forget_tries()"),
    ]
