"""What a sign-in rests on, and the keys and codes that allauth keeps for us."""

from django.db import migrations, models

from daybook.foundation.registry.grants import EVERYONE, grant

FACTORS = {
    "id": "Key of the row. [open]",
    "type": "What kind: a security key, a code device, printed codes. [staff]",
    "data": "Public key, or what codes are made from, sealed with a key of the service. [secret]",
    "created_at": "When it was added. [staff]",
    "last_used_at": "When it was last used. [staff]",
    "user_id": "Whose it is. [staff]",
}
SAYS = [
    "comment on table mfa_authenticator is 'Second factors of staff. [secret]'",
    *(f"comment on column mfa_authenticator.{name} is '{what}'" for name, what in FACTORS.items()),
]
# The app removes no row of its own will: a factor goes by the hand of whoever holds it, signed in.
REMOVE_FACTOR = f"""
create function daybook.remove_factor(factor bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    delete from mfa_authenticator where id = factor and user_id = daybook.viewer();
    return found;
end $$;
revoke all on function daybook.remove_factor(bigint) from public;
grant execute on function daybook.remove_factor(bigint) to {EVERYONE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0003_shared_desks"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.AddField(
            model_name="signin",
            name="second",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "nothing more"),
                    ("key", "a security key"),
                    ("code", "a code"),
                    ("printed", "a printed code"),
                    ("provider", "the service’s identity provider"),
                    ("demo", "nothing more, in a demonstration"),
                    ("machine", "the machine itself"),
                ],
                db_comment="The second factor it rests on, if one was shown. [staff]",
                db_default="",
                default="",
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="signin",
            name="through",
            field=models.CharField(
                db_comment="The way in: web (a password), a badge, a key, a provider, the worker or "
                "a command. [open]",
                default="web",
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="signin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "second__in",
                        ["", "key", "code", "printed", "provider", "demo", "machine"],
                    )
                ),
                name="staff_signin_second_known",
            ),
        ),
        migrations.RunSQL(SAYS, reverse_sql=migrations.RunSQL.noop),
        grant("mfa_authenticator", "select, insert, update"),
        migrations.RunSQL(REMOVE_FACTOR, reverse_sql="drop function daybook.remove_factor(bigint)"),
    ]
