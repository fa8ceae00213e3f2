from django.db import migrations

from daybook.foundation.registry.grants import grant


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [
        grant("places_establishment", "select"),
        grant("places_unit", "select"),
        grant("places_cell", "select"),
        grant("places_unitday", "select, insert, update"),
    ]
