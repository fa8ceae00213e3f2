"""A concern or a plan brings its person into the reach of on-call care, in the same transaction."""

from django.db import migrations

from daybook.foundation.access.wall import changes_reach


class Migration(migrations.Migration):
    dependencies = [("safety", "0004_words"), ("access", "0008_kept_reach")]
    operations = [changes_reach("safety_concern"), changes_reach("safety_plan")]
