"""Four channels to begin with; a service renames, adds or retires them."""

from django.db import migrations
from django.utils.translation import gettext_noop as _

CHANNELS = [
    ("mood", _("Mood"), _("low"), _("bright")),
    ("tension", _("Tension"), _("calm"), _("wound up")),
    ("with-staff", _("With staff"), _("shut"), _("open")),
    ("with-others", _("With others"), _("alone"), _("joins in")),
]


def add(apps, schema_editor):
    channel = apps.get_model("reflections", "Channel")
    for position, (key, name, low, high) in enumerate(CHANNELS, start=1):
        channel.objects.create(key=key, name=name, low=low, high=high, position=position)


class Migration(migrations.Migration):
    dependencies = [("reflections", "0002_walls")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
