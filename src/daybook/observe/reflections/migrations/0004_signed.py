from django.db import migrations

from daybook.foundation.audit.commitments import commits_to
from daybook.observe.reflections.signed import SIGNED


class Migration(migrations.Migration):
    dependencies = [("reflections", "0003_channels"), ("audit", "0003_commitments")]
    operations = [commits_to(*SIGNED)]
