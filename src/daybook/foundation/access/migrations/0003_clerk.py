"""An account for background work. Its password is no hash of anything."""

import uuid

from django.db import migrations
from django.utils import timezone


def add(apps, schema_editor):
    clerk = apps.get_model("staff", "Staff").objects.create(
        key=uuid.uuid4(),
        username="daybook",
        password="!",
        given_name="",
        family_name="Daybook",
        post="background work",
        language="",
    )
    apps.get_model("access", "Assignment").objects.create(
        staff=clerk, role="clerk", since=timezone.now()
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0002_reach"), ("staff", "0002_grants")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
