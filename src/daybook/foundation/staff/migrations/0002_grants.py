"""Signing in touches two columns of an account; a sign-in is opened and closed."""

from django.db import migrations

from daybook.foundation.registry.grants import grant


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]
    operations = [
        grant("staff_staff", "select, update (password, last_login, language)"),
        grant("staff_signin", "select, insert, update (ended_at)"),
    ]
